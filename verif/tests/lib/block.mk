CONFIG_lib := small
GOLDEN_lib :=
