/**
 * What every call between the gateway and the sides carries: a verified token, a request id, a deadline, and refusals
 * that both ends read alike.
 */
package dev.kontor.grpc;
