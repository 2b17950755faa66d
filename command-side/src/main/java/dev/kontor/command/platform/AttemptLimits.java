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
 * How often passwords and e-mails may be tried, counted where they are judged. Wrong passwords are counted by account and
 * client, so that those of one client keep no other out; and by account for all clients together that it does not know,
 * so that many clients cannot guess more. Whether anybody has the account makes no difference. The limit in total sees to it
 * that no count is forgotten before its time. Each command side counts for itself, in memory.
 */
@Component
public final class AttemptLimits {

    private static final String ALL = "all";

    private final RateLimiter inTotal;
    private final RateLimiter perClient;
    private final RateLimiter perAccount;
    private final RateLimiter newEmails;
    /** For whom tries were taken of which it is not known yet whether they count. */
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
     * A try of a password. It is taken before the password is compared, so that many at once are no way around the limit,
     * and counts from then on only where it was wrong: one that was right, or that was never compared, is given back.
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

        /** The password was compared and opens nothing. */
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
            // What is being compared at this moment may come back at once: no reason to send a client away for long.
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
     * Counts a try of a password by a client that has shown the account something it was given: a device or session.
     *
     * @throws RefusedException with {@link Problem#TOO_MANY_REQUESTS}
     */
    public Try byKnown(String account, String client) {
        return taken(new Try(account, account + " known " + client, true));
    }

    /**
     * Counts a try of a password by somebody.
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
     * Counts a try to get an e-mail, which tells whether it is taken.
     *
     * @throws RefusedException with {@link Problem#TOO_MANY_REQUESTS}
     */
    public void signUp() {
        inTotal.take(ALL);
        newEmails.take("network " + network());
    }

    /**
     * The same by somebody who has an account.
     *
     * @throws RefusedException with {@link Problem#TOO_MANY_REQUESTS}
     */
    public void newEmail(String customerId) {
        newEmails.take("customer " + customerId);
        newEmails.take("network " + network());
    }

    /** All who do not come by a gateway count as one. */
    private static String network() {
        return ClientNetwork.current().orElse("unknown");
    }
}
