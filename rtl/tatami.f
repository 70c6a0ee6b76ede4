// Sources in reading order: packages, then modules. TATAMI_GEN names the folder with one configuration's generated packages,
// for example build/gen/full (made by `make gen`).
+incdir+.
${TATAMI_GEN}/cfg_pkg.sv
${TATAMI_GEN}/noc_pkg.sv
${TATAMI_GEN}/isa_pkg.sv
rtl/sram/sram_pkg.sv
rtl/core/core_pkg.sv
rtl/core/rvfi_pkg.sv
rtl/num/num_pkg.sv
rtl/core/vector/simd_pkg.sv
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
rtl/num/fused_dot4.sv
rtl/num/fp_fma.sv
rtl/core/vector/accumulator_file.sv
rtl/core/vector/matrix_unit.sv
rtl/core/vector/simd_lane.sv
rtl/core/vector/simd_unit.sv
