CONFIG_router := small
GOLDEN_router := verif/golden/noc/*.cpp
OPT_router := -O0
