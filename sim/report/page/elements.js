// Copyright 2026 The Tatami Authors.
// SPDX-License-Identifier: Apache-2.0
// Making elements, numbers as text, colours, tooltips.

const kSvg = 'http://www.w3.org/2000/svg';

/** An HTML element; children are elements or text. */
function html(name, attributes = {}, ...children) {
  return fill(document.createElement(name), attributes, children);
}

/** An SVG element. */
function svg(name, attributes = {}, ...children) {
  return fill(document.createElementNS(kSvg, name), attributes, children);
}

function fill(element, attributes, children) {
  for (const [key, value] of Object.entries(attributes)) element.setAttribute(key, value);
  element.append(...children.filter((child) => child !== null));
  return element;
}

/** 1234567 as 1,234,567. */
function grouped(value) {
  return Math.round(value).toLocaleString('en-US');
}

/** A share of one as a percentage. */
function percent(share, digits = 1) {
  return `${(100 * share).toFixed(digits)} %`;
}

/** Three or four digits, and k, M, G behind. */
function brief(value) {
  for (const [unit, size] of [['G', 1e9], ['M', 1e6], ['k', 1e3]]) {
    if (Math.abs(value) >= 9999.5 * size / 1e3) return `${(value / size).toPrecision(3)} ${unit}`;
  }
  return Number.isInteger(value) ? String(value) : value.toPrecision(3);
}

/** A share of the colour scale, 0 to 1. */
function shade(share) {
  const s = Math.min(Math.max(share, 0), 1);
  return s < 0.5 ? `color-mix(in oklab, var(--middle) ${200 * s}%, var(--low))`
                 : `color-mix(in oklab, var(--high) ${200 * s - 100}%, var(--middle))`;
}

/** From less (-1) over equal (0) to more (1) than in the first run. */
function difference(share) {
  const s = Math.min(Math.max(share, -1), 1);
  return `color-mix(in oklab, var(${s < 0 ? '--accent' : '--other'}) ${100 * Math.abs(s)}%, var(--empty))`;
}

function scaleBar(low, high, colours) {
  return html('div', {class: 'scale'}, html('span', {}, low),
              html('i', {style: `background: linear-gradient(90deg, ${colours.join(', ')})`}), html('span', {}, high));
}

/** Whatever has data-tip shows it beside the pointer. */
function showTips() {
  const tip = document.getElementById('tip');
  document.addEventListener('pointermove', (event) => {
    const target = event.target.closest('[data-tip]');
    tip.hidden = !target;
    if (!target) return;
    tip.textContent = target.dataset.tip;
    const right = event.clientX + 16 + tip.offsetWidth > innerWidth;
    tip.style.left = `${right ? event.clientX - 12 - tip.offsetWidth : event.clientX + 16}px`;
    tip.style.top = `${Math.min(event.clientY + 14, innerHeight - tip.offsetHeight - 8)}px`;
  });
}
