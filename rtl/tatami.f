// Sources in reading order: packages, then modules. TATAMI_GEN names the folder with one configuration's generated packages,
// for example build/gen/full (made by `make gen`).
+incdir+.
${TATAMI_GEN}/cfg_pkg.sv
${TATAMI_GEN}/noc_pkg.sv
${TATAMI_GEN}/isa_pkg.sv
rtl/sram/sram_pkg.sv
rtl/core/core_pkg.sv
rtl/core/rvfi_pkg.sv
rtl/lib/fifo.sv
rtl/lib/bypass_fifo.sv
rtl/lib/rr_arbiter.sv
rtl/lib/onehot_mux.sv
rtl/noc/route.sv
rtl/noc/lookahead.sv
rtl/noc/link_output.sv
rtl/noc/router.sv
rtl/node/packet_check.sv
rtl/node/inlet.sv
rtl/node/semaphores.sv
