/** The only entry point for clients: it translates HTTP to gRPC and makes no business decisions. */
package dev.kontor.gateway;
