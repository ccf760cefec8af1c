/** Sockets and streams: takes calls in, sends them on, stamps every read. */
@NullMarked
package dev.pacebench.runner.gateway.proxy;

import org.jspecify.annotations.NullMarked;
