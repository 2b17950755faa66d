package dev.kontor.query.platform;

import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.springframework.stereotype.Component;

/** All views of the query side. */
@Component
public class Views {

    private final List<View> all;

    public Views(List<View> all) {
        this.all = all.stream().sorted(Comparator.comparing(View::name)).toList();
        Set<String> names = new HashSet<>();
        for (View view : all) {
            if (Slot.of(view.name()) != Slot.FIRST) {
                throw new IllegalArgumentException("The name %s is that of a second slot".formatted(view));
            }
            for (DocumentType<?> type : view.documents()) {
                if (!names.add(type.name())) {
                    throw new IllegalArgumentException("Two kinds of documents are called " + type.name());
                }
            }
        }
    }

    /** By name. */
    public List<View> all() {
        return all;
    }

    /** Those whose documents are in the {@link ViewStore}, by name. */
    public List<View> stored() {
        return all.stream().filter(view -> !view.isLocal()).toList();
    }

    /** Those that each process keeps for itself, by name. */
    public List<View> local() {
        return all.stream().filter(View::isLocal).toList();
    }

    public Optional<View> find(String name) {
        return all.stream().filter(view -> view.name().equals(name)).findFirst();
    }

    /** @throws IllegalArgumentException if there is none */
    public View of(String name) {
        return find(name).orElseThrow(() -> new IllegalArgumentException("There is no view " + name));
    }
}
