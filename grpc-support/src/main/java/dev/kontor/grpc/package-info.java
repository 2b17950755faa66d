/**
 * The common parts of all gRPC calls between the gateway and the sides: verified token, request id, deadline, refusals.
 */
package dev.kontor.grpc;
