CONFIG_semaphores := full
GOLDEN_semaphores :=
