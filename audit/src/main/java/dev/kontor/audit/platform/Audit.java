package dev.kontor.audit.platform;

import dev.kontor.audit.Event;
import dev.kontor.audit.Findings;
import dev.kontor.audit.Invariant;
import dev.kontor.audit.Judge;
import dev.kontor.audit.KeySource;
import dev.kontor.audit.LetterSource;
import dev.kontor.audit.LogSource;
import dev.kontor.audit.RawEvent;
import dev.kontor.audit.UnreadableException;
import dev.kontor.audit.UnreadableViewsException;
import dev.kontor.audit.ViewSource;
import dev.kontor.audit.cart.CartJudge;
import dev.kontor.audit.catalog.PriceJudge;
import dev.kontor.audit.catalog.StockJudge;
import dev.kontor.audit.customer.AccountJudge;
import dev.kontor.audit.customer.KeyJudge;
import dev.kontor.audit.identity.AdminsJudge;
import dev.kontor.audit.identity.CredentialsJudge;
import dev.kontor.audit.identity.CredentialsVersions;
import dev.kontor.audit.identity.EmailJudge;
import dev.kontor.audit.identity.SessionJudge;
import dev.kontor.audit.identity.SigningKeyJudge;
import dev.kontor.audit.order.HoldingJudge;
import dev.kontor.audit.order.LifeJudge;
import dev.kontor.audit.order.Orders;
import dev.kontor.audit.order.PromiseJudge;
import dev.kontor.audit.request.RequestJudge;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;

/** Folds a whole log with its own code, and verifies the log and its views. */
public final class Audit {

    private final LogSource log;
    private final Findings findings = new Findings();
    private final EventReader events = new EventReader(findings);
    private final LogJudge order = new LogJudge(findings);
    private final List<Judge> judges = new ArrayList<>();
    private final AuditProgress progress;
    private final Letters letters = new Letters();
    private LetterSource letterSource = reader -> {};
    /** Null if there are none, or they turned out to be unreadable. */
    private ViewsAudit views;

    private long head = -1;
    private long folded;
    private Instant now;
    private Duration upFor = Duration.ZERO;

    /**
     * @param views null if there are none to audit
     * @param progress is notified at most once a second
     */
    public Audit(LogSource log, ViewSource views, Consumer<String> progress) {
        this.log = log;
        this.progress = new AuditProgress(progress);
        this.views = views == null ? null : new ViewsAudit(views, letters, findings, this.progress);
        Orders orders = new Orders();
        CredentialsVersions proofs = new CredentialsVersions();
        judges.addAll(List.of(
                new LifeJudge(orders, findings),
                new HoldingJudge(orders, findings),
                new PromiseJudge(orders, findings),
                new StockJudge(findings),
                new PriceJudge(findings),
                new CartJudge(findings),
                new AccountJudge(findings),
                new EmailJudge(findings),
                new AdminsJudge(findings),
                new CredentialsJudge(proofs, findings),
                new SessionJudge(proofs, findings),
                new SigningKeyJudge(findings),
                new RequestJudge(findings)));
    }

    /** The names of the views that the audit knows. */
    public static Set<String> views() {
        return Collection.byView().keySet();
    }

    /** The names under which their documents are stored. */
    public static List<String> collections() {
        return Arrays.stream(Collection.values())
                .map(Collection::collectionName)
                .toList();
    }

    /** Adds the check that every account has a key. @param keys null if they are out of reach */
    public Audit with(KeySource keys) {
        if (keys != null) {
            judges.add(new KeyJudge(keys, findings));
        }
        return this;
    }

    /** With letters there is something to repair: the report is not clean, but tells it from what is wrong. */
    public Audit withLetters(LetterSource source) {
        letterSource = source;
        return this;
    }

    /**
     * The log is of a running system: due is what is due by now, not only by its last event.
     *
     * @param upFor its uptime; before, it could not work
     */
    public Audit running(Instant now, Duration upFor) {
        this.now = now;
        this.upFor = upFor;
        return this;
    }

    /** Reads everything. Call once only. */
    public AuditReport run() {
        long begin = System.nanoTime();
        long last = log.head();
        letters.read(letterSource);
        onViews(() -> judges.addAll(views.read(last)));
        log.read(new LogSource.Reader() {
            @Override
            public void event(RawEvent raw) {
                fold(raw);
                progress.at("log, events", raw.position(), last);
            }

            @Override
            public void damage(long position, String what) {
                order.damage(position, what);
            }
        });
        progress.begin("indexes");
        log.checkIndexes(order::damage);
        progress.begin("files");
        LogSource.Files files = log.checkFiles(order::damage);
        long end = events.clock().atEnd(now, upFor);
        judges.forEach(judge -> judge.end(end));
        onViews(() -> views.explain(log, events));
        return new AuditReport(
                head,
                folded,
                files,
                Arrays.stream(Invariant.values()).map(this::check).toList(),
                findings.listed(),
                views == null ? List.of() : views.reports(),
                letters.reports(),
                Duration.ofNanos(System.nanoTime() - begin));
    }

    private void onViews(Runnable action) {
        if (views != null) {
            try {
                action.run();
            } catch (UnreadableViewsException unreadable) {
                findings.violation(Invariant.VIEWS, -1, "the views", unreadable.getMessage());
                views = null;
            }
        }
    }

    private void fold(RawEvent raw) {
        folded++;
        head = raw.position();
        order.on(raw);
        try {
            Event event = events.read(raw);
            if (event != null) {
                for (Judge judge : judges) {
                    judge.on(event);
                }
            }
        } catch (UnreadableException unreadable) {
            events.tell(raw, "its payload " + unreadable.getMessage());
        }
    }

    private AuditReport.Check check(Invariant invariant) {
        return new AuditReport.Check(
                invariant.label(), invariant.title(), findings.checkedOf(invariant), findings.violationsOf(invariant));
    }
}
