package dev.kontor.audit.platform;

import dev.kontor.audit.Findings;
import dev.kontor.audit.Hash;
import dev.kontor.audit.Invariant;
import dev.kontor.audit.Judge;
import dev.kontor.audit.LogSource;
import dev.kontor.audit.ViewSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.function.ToLongFunction;

/** Audits the views: reads them before the log, compares them with the log, and looks again if they are wrong. */
final class ViewsAudit {

    private final ViewSource views;
    private final Letters letters;
    private final Findings findings;
    private final AuditProgress progress;
    private final List<ViewJudge> judges = new ArrayList<>();
    private final List<AuditReport.View> reports = new ArrayList<>();

    ViewsAudit(ViewSource views, Letters letters, Findings findings, AuditProgress progress) {
        this.views = views;
        this.letters = letters;
        this.findings = findings;
        this.progress = progress;
    }

    /** Adds documents up in any order, in two independent sums. */
    private static final class Digest {
        private long documents;
        private long first;
        private long second;

        void add(Map<String, Object> document, long hash) {
            documents++;
            long whole = Hash.of(document.get("_id")) + Long.rotateLeft(hash, 17);
            first += Hash.mix(whole);
            second += Hash.mix(Long.rotateLeft(whole, 31) + 1);
        }

        @Override
        public String toString() {
            return "%016x%016x".formatted(first, second);
        }
    }

    /** Reads all documents. Returns the judges of the log. */
    List<Judge> read(long head) {
        List<Judge> all = new ArrayList<>();
        List<String> missing = new ArrayList<>();
        Collection.byView().forEach((view, collections) -> {
            OptionalLong position = positionOf(view, head);
            if (position.isPresent()) {
                read(view, collections, position.getAsLong(), all);
            } else if (!Collection.mayBeMissing(view)) {
                missing.add(view);
            }
        });
        // Without any view only the log is audited, and the report states it.
        if (reports.stream().anyMatch(view -> !Collection.mayBeMissing(view.name()))) {
            missing.forEach(
                    view -> findings.violation(Invariant.VIEWS, -1, "view " + view, "is missing, but others exist"));
        }
        return all;
    }

    private void read(String view, List<Collection> collections, long position, List<Judge> all) {
        Digest digest = new Digest();
        for (Collection collection : collections) {
            ViewJudge judge = new ViewJudge(view, collection, position, letters, findings);
            judges.add(judge);
            all.add(judge);
            readAll(collection.collectionName(), digest, judge::read);
        }
        reports.add(new AuditReport.View(view, position, digest.documents, digest.toString()));
    }

    /** Empty if the view has neither a token nor documents: it was never built, so nothing can be wrong. */
    private OptionalLong positionOf(String view, long head) {
        OptionalLong token = views.position(view);
        if (token.isPresent() && token.getAsLong() > head) {
            findings.violation(
                    Invariant.VIEWS,
                    token.getAsLong(),
                    "view " + view,
                    "says that it has read the log up to position %d, but it ends at %d"
                            .formatted(token.getAsLong(), head));
        }
        if (token.isEmpty() && views.collections().contains(view)) {
            return OptionalLong.of(-1);
        }
        return token;
    }

    private void readAll(String collection, Digest digest, ToLongFunction<Map<String, Object>> reader) {
        if (views.collections().contains(collection)) {
            views.forEach(collection, document -> {
                digest.add(document, reader.applyAsLong(document));
                progress.at(collection + ", documents", digest.documents, 0);
            });
        }
    }

    /** Runs after the log: reads everything again to explain the errors. */
    void explain(LogSource log, EventReader events) {
        List<SecondLook> looks = judges.stream()
                .filter(judge -> judge.suspected() > 0)
                .map(judge -> new SecondLook(judge, findings))
                .toList();
        if (looks.isEmpty()) {
            return;
        }
        looks.forEach(look -> {
            if (views.collections().contains(look.collection())) {
                look.readDocuments(views);
            }
        });
        events.readAgain(log, event -> looks.forEach(look -> look.on(event)));
        looks.forEach(SecondLook::tell);
    }

    List<AuditReport.View> reports() {
        return reports;
    }
}
