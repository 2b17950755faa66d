package dev.kontor.command.platform;

import dev.kontor.grpc.identity.ClientNetwork;
import dev.kontor.grpc.platform.Problem;
import dev.kontor.grpc.platform.Rate;
import dev.kontor.grpc.platform.RateLimiter;
import dev.kontor.grpc.platform.RefusedException;
import io.github.bucket4j.TimeMeter;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.stereotype.Component;

/**
 * Limits how often passwords and e-mails may be tried. Wrong passwords are counted by account and client, so that one
 * client does not lock out others; and by account for all unknown clients together, so that many clients cannot guess
 * more. Whether the account exists makes no difference. The total limit bounds the number of counts, so that none is
 * evicted early. Each instance of the command side counts separately, in memory.
 */
@Component
public final class AttemptLimits {

    private static final String ALL = "all";

    private final RateLimiter inTotal;
    private final RateLimiter perClient;
    private final RateLimiter perAccount;
    private final RateLimiter newEmails;
    /** The number of pending attempts by key: taken, and neither counted nor given back yet. */
    private final Map<String, Integer> undecided = new ConcurrentHashMap<>();

    @Autowired
    AttemptLimits(
            @Value("${kontor.tries.in-total:3000/1m}") Rate inTotal,
            @Value("${kontor.tries.per-client:10/15m}") Rate perClient,
            @Value("${kontor.tries.per-account:100/1h}") Rate perAccount,
            @Value("${kontor.tries.new-emails:20/1m}") Rate newEmails) {
        this(inTotal, perClient, perAccount, newEmails, TimeMeter.SYSTEM_NANOTIME);
    }

    public AttemptLimits(Rate inTotal, Rate perClient, Rate perAccount, Rate newEmails, TimeMeter time) {
        this.inTotal = RateLimiter.steady(inTotal, time);
        this.perClient = RateLimiter.inTurns(perClient, time);
        this.perAccount = RateLimiter.inTurns(perAccount, time);
        this.newEmails = RateLimiter.steady(newEmails, time);
    }

    /**
     * One attempt at a password. It is taken before the password is compared, so that concurrent attempts cannot exceed
     * the limit. Only a wrong password stays counted: an attempt that was right, or never compared, is given back.
     */
    public final class Try implements AutoCloseable {

        private final String account;
        private final String client;
        private final boolean isKnown;
        private boolean wrong;

        private Try(String account, String client, boolean isKnown) {
            this.account = account;
            this.client = client;
            this.isKnown = isKnown;
        }

        private void take() {
            AttemptLimits.this.take(perClient, client);
            if (!isKnown) {
                try {
                    AttemptLimits.this.take(perAccount, account);
                } catch (RefusedException refused) {
                    giveBack(perClient, client);
                    throw refused;
                }
            }
        }

        /** The password was compared and is wrong. */
        public void wasWrong() {
            wrong = true;
        }

        @Override
        public void close() {
            decided(perClient, client);
            if (!isKnown) {
                decided(perAccount, account);
            }
        }

        private void decided(RateLimiter limit, String whose) {
            if (wrong) {
                isDecided(whose);
            } else {
                giveBack(limit, whose);
            }
        }
    }

    private void take(RateLimiter limit, String whose) {
        try {
            limit.take(whose);
        } catch (RefusedException full) {
            // A pending attempt may be given back soon, so the client may retry soon.
            throw undecided.containsKey(whose) ? soon(full) : full;
        }
        undecided.merge(whose, 1, Integer::sum);
    }

    private void giveBack(RateLimiter limit, String whose) {
        limit.giveBack(whose);
        isDecided(whose);
    }

    private void isDecided(String whose) {
        undecided.computeIfPresent(whose, (name, tries) -> tries == 1 ? null : tries - 1);
    }

    private static RefusedException soon(RefusedException full) {
        return new RefusedException(full.problem(), full.detail(), Map.of(RateLimiter.RETRY_AFTER, "1"), List.of());
    }

    /**
     * Counts an attempt by a client that has proved to know the account: by a device token or session.
     *
     * @throws RefusedException with {@link Problem#TOO_MANY_REQUESTS}
     */
    public Try byKnown(String account, String client) {
        return taken(new Try(account, account + " known " + client, true));
    }

    /**
     * Counts an attempt by an unknown client.
     *
     * @throws RefusedException with {@link Problem#TOO_MANY_REQUESTS}
     */
    public Try byUnknown(String account) {
        return taken(new Try(account, account + " network " + network(), false));
    }

    private Try taken(Try fresh) {
        inTotal.take(ALL);
        fresh.take();
        return fresh;
    }

    /**
     * Counts an attempt to claim an e-mail, whose answer reveals whether it is taken.
     *
     * @throws RefusedException with {@link Problem#TOO_MANY_REQUESTS}
     */
    public void signUp() {
        inTotal.take(ALL);
        newEmails.take("network " + network());
    }

    /**
     * The same by a signed-in customer.
     *
     * @throws RefusedException with {@link Problem#TOO_MANY_REQUESTS}
     */
    public void newEmail(String customerId) {
        newEmails.take("customer " + customerId);
        newEmails.take("network " + network());
    }

    /** All callers that do not come through a gateway count as one. */
    private static String network() {
        return ClientNetwork.current().orElse("unknown");
    }
}
