package dev.kontor.gateway.platform;

/** How the events of a stream are written. */
interface EventForm {

    /** A server-sent event of one document, with its id. */
    EventForm DOCUMENTS = new EventForm() {

        @Override
        public byte[] bytesOf(LiveEvent event) {
            return event.bytes();
        }

        @Override
        public byte[] end() {
            return null;
        }

        @Override
        public long memory() {
            return EventStreams.BYTES_PER_STREAM;
        }
    };

    /** May call the sides; runs on a virtual thread. */
    byte[] bytesOf(LiveEvent event);

    /** What follows the last event of what is watched; null for nothing. Another end of a stream has none. */
    byte[] end();

    /** Bytes for an open stream, its connection and its largest event. */
    long memory();
}
