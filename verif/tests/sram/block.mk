CONFIG_sram := full
GOLDEN_sram := verif/golden/sram/*.cpp
