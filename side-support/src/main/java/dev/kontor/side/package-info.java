/** Common to both sides: gRPC interceptors, revocations, and the stores of sides that run as separate processes. */
package dev.kontor.side;
