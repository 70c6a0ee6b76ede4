CONFIG_dma := small
GOLDEN_dma := verif/golden/dma/*.cpp verif/golden/noc/*.cpp
