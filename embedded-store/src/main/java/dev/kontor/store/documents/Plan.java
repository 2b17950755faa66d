package dev.kontor.store.documents;

import java.util.List;
import java.util.Optional;

record Plan(RowKeys.Range range, boolean isBackwards, boolean isInOrder) {

    static Optional<Plan> of(Search.Request request, List<FieldIndex> indexes) {
        return Optional.empty();
    }
}
