package dev.kontor.audit.platform;

import dev.kontor.audit.Event;
import dev.kontor.audit.Findings;
import dev.kontor.audit.Invariant;
import dev.kontor.audit.UnreadableException;
import dev.kontor.audit.ViewSource;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Explains what is wrong with the documents that the first look has found. It reads views and log again, and keeps the
 * first wrong documents in full; only these, so that it stays small with any number of errors.
 */
final class SecondLook {

    private final ViewJudge judge;
    private final Findings findings;
    private final Map<String, Compared> compared = new LinkedHashMap<>();

    SecondLook(ViewJudge judge, Findings findings) {
        this.judge = judge;
        this.findings = findings;
        judge.suspects().forEach(id -> compared.put(id, new Compared(judge.collection())));
    }

    String collection() {
        return judge.collection().collectionName();
    }

    void readDocuments(ViewSource views) {
        views.forEach(judge.collection().collectionName(), document -> {
            String id = ViewJudge.idOf(document);
            if (judge.isSuspect(document) && (compared.size() < Findings.LISTED || compared.containsKey(id))) {
                compared.computeIfAbsent(id, missing -> new Compared(judge.collection()))
                        .shows(document);
            }
        });
    }

    void on(Event event) {
        if (judge.collection().shows(event)) {
            try {
                Compared document = compared.get(judge.collection().documentOf(event));
                if (document != null) {
                    document.on(event, judge.isDue(event));
                }
            } catch (UnreadableException told) {
                // The first look has reported this event.
                return;
            }
        }
    }

    /** Reports those that were kept, and counts the others. */
    void tell() {
        compared.forEach((id, document) -> {
            Compared.Verdict verdict = document.verdict();
            findings.violation(Invariant.VIEWS, verdict.position(), subject(id), verdict.detail());
        });
        for (long left = judge.suspected() - compared.size(); left > 0; left--) {
            findings.violation(Invariant.VIEWS, -1, judge.collection().collectionName(), "a further document is wrong");
        }
    }

    private String subject(String id) {
        return judge.collection().collectionName() + " " + id;
    }
}
