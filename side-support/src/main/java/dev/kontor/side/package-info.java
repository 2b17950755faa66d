/** What both sides stand on: the doors of their gRPC ports, the knowledge of whose tokens count, and their stores when they run apart. */
package dev.kontor.side;
