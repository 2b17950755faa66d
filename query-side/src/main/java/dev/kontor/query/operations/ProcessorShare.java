package dev.kontor.query.operations;

import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.util.concurrent.locks.LockSupport;
import java.util.function.IntSupplier;
import org.axonframework.eventhandling.EventMessage;
import org.axonframework.messaging.InterceptorChain;
import org.axonframework.messaging.MessageHandlerInterceptor;
import org.axonframework.messaging.unitofwork.UnitOfWork;

/**
 * Lets each thread of an event processor take no more than a share of one processor: after some processor time the
 * thread waits as long as that share demands.
 */
final class ProcessorShare implements MessageHandlerInterceptor<EventMessage<?>> {

    /** Long enough that the wait is longer than what the system rounds it to. */
    private static final long SPENT_NANOS = 5_000_000;

    private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();

    private final IntSupplier percent;
    /** The processor time of each thread when it last waited. */
    private final ThreadLocal<Long> since = ThreadLocal.withInitial(THREADS::getCurrentThreadCpuTime);

    /** @param percent from 1 to 100, which is no limit */
    ProcessorShare(IntSupplier percent) {
        this.percent = percent;
    }

    @Override
    public Object handle(UnitOfWork<? extends EventMessage<?>> work, InterceptorChain chain) throws Exception {
        Object result = chain.proceed();
        int share = percent.getAsInt();
        if (share < 100) {
            pause(share);
        }
        return result;
    }

    private void pause(int share) {
        long spent = THREADS.getCurrentThreadCpuTime() - since.get();
        if (spent >= SPENT_NANOS) {
            LockSupport.parkNanos(spent * (100 - share) / share);
            since.set(THREADS.getCurrentThreadCpuTime());
        }
    }
}
