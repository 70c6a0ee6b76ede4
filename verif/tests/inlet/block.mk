CONFIG_inlet := small
GOLDEN_inlet :=
