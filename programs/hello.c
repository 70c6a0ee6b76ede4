/* Copyright 2026 The Tatami Authors.
 * SPDX-License-Identifier: Apache-2.0
 * Says hello.
 */
#include "tatami.h"

int main(void) {
  tatami_print("Hello from a node.\n");
  return 0;
}
