CONFIG_router := small
GOLDEN_router := verif/golden/noc/*.cpp
