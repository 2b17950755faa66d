package dev.kontor.command.platform;

/**
 * The one event processor that sends commands: the PlaceOrder saga and every policy.
 *
 * <p>In one JVM a command that an event leads to joins the unit of work of the event's batch, so its locks are held
 * until the batch is written. Two processors, or two segments, that each hold locks and ask for the other's would wait
 * for each other for ever; one cannot.
 */
public final class OrderProcessing {

    public static final String GROUP = "order-processing";

    private OrderProcessing() {}
}
