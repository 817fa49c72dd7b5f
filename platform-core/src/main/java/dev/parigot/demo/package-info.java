/** Demos: releases that run in the browsers of whoever has the address. See DESIGN.md. */
@NullMarked
package dev.parigot.demo;

import org.jspecify.annotations.NullMarked;
