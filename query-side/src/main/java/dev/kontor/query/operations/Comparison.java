package dev.kontor.query.operations;

import java.util.List;

/**
 * What a comparison of the two generations of a view found. Both go on while they are compared, so a document counts
 * once it has the same version in both.
 *
 * @param live the number of documents that readers see
 * @param other the number of documents in the other generation
 * @param liveDigest of all compared documents: equal generations have equal digests
 * @param onlyLive how many documents only the live generation has
 * @param onlyOther how many only the other one has
 * @param different how many have the same version and another content
 * @param unsettled how many changed so often that they could not be compared
 * @param examples the ids of some documents that only one has or that differ, 20 at most
 */
record Comparison(
        long live,
        long other,
        String liveDigest,
        String otherDigest,
        long onlyLive,
        long onlyOther,
        long different,
        long unsettled,
        List<String> examples) {

    boolean isEqual() {
        return onlyLive + onlyOther + different + unsettled == 0;
    }
}
