package dev.kontor.command.platform;

/**
 * The only event processor that sends commands inside its batch: the PlaceOrder saga and its policies.
 *
 * <p>In the standalone process such a command joins the unit of work of the event's batch, which holds its locks until
 * the batch is committed. Two processors, or two segments, that hold locks and wait for each other's would deadlock;
 * one cannot.
 */
public final class OrderProcessing {

    public static final String GROUP = "order-processing";

    private OrderProcessing() {}
}
