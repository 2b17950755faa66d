/** The only door to the house: HTTP in front, gRPC behind, and nothing decided in between. */
package dev.kontor.gateway;
