package dev.kontor.query.catalog;

import dev.kontor.text.Text;
import java.io.IOException;
import java.util.Arrays;
import java.util.Set;
import org.apache.lucene.document.Document;
import org.apache.lucene.document.Field;
import org.apache.lucene.document.FieldType;
import org.apache.lucene.document.LongPoint;
import org.apache.lucene.document.NumericDocValuesField;
import org.apache.lucene.document.SortedDocValuesField;
import org.apache.lucene.document.StoredField;
import org.apache.lucene.document.StringField;
import org.apache.lucene.index.DirectoryReader;
import org.apache.lucene.index.IndexOptions;
import org.apache.lucene.index.IndexWriter;
import org.apache.lucene.index.LeafReader;
import org.apache.lucene.index.LeafReaderContext;
import org.apache.lucene.index.PostingsEnum;
import org.apache.lucene.index.Term;
import org.apache.lucene.search.DocIdSetIterator;
import org.apache.lucene.util.BytesRef;

/** How the index keeps a product. */
final class ProductFields {

    static final String ID = "id";
    static final String TITLE = "title";
    static final String TITLE_STEM = "titleStem";
    /** The beginnings of all its words. */
    static final String TITLE_PREFIX = "titlePrefix";
    /** The whole title, to find it before titles that only contain it. */
    static final String TITLE_WHOLE = "titleWhole";

    static final String TITLE_KEY = "titleKey";
    static final String CATEGORY = "category";
    static final String CATEGORY_STEM = "categoryStem";
    static final String CATEGORY_PREFIX = "categoryPrefix";
    static final String CATEGORY_KEY = "categoryKey";
    static final String TEXT_STEM = "textStem";
    static final String SELLER = "seller";
    static final String PRICE = "price";
    static final String LISTED = "listed";
    static final String LISTED_AT = "listedAt";
    static final String IN_STOCK = "inStock";
    static final String YES = "1";
    static final String NO = "0";

    private static final String SOURCE = "source";
    private static final int LONGEST_TITLE = 400;
    private static final int LONGEST_TEXT = 10_000;

    private static final FieldType IN_ORDER = type(IndexOptions.DOCS_AND_FREQS_AND_POSITIONS, false);
    private static final FieldType COUNTED = type(IndexOptions.DOCS_AND_FREQS, false);
    private static final FieldType PRESENT = type(IndexOptions.DOCS, true);

    private final ProductWords words;

    ProductFields(ProductWords words) {
        this.words = words;
    }

    private static FieldType type(IndexOptions options, boolean omitsLength) {
        FieldType type = new FieldType();
        type.setTokenized(true);
        type.setIndexOptions(options);
        type.setOmitNorms(omitsLength);
        type.freeze();
        return type;
    }

    void write(IndexWriter writer, SearchedProduct product) throws IOException {
        writer.updateDocument(new Term(ID, product.id()), document(product));
    }

    private Document document(SearchedProduct product) {
        String title = Text.compared(product.description().title(), LONGEST_TITLE);
        String category = product.categoryKey();
        Document fields = new Document();
        keyed(fields, ID, product.id(), product.id());
        fields.add(new StoredField(SOURCE, SearchedProduct.PRODUCTS.encode(product)));
        fields.add(new Field(TITLE, title, IN_ORDER));
        fields.add(new Field(TITLE_STEM, title, COUNTED));
        fields.add(new StringField(TITLE_WHOLE, words.whole(title), Field.Store.NO));
        fields.add(new SortedDocValuesField(TITLE_KEY, new BytesRef(title)));
        fields.add(new Field(CATEGORY, category, COUNTED));
        fields.add(new Field(CATEGORY_STEM, category, COUNTED));
        fields.add(new Field(CATEGORY_PREFIX, category, PRESENT));
        fields.add(new Field(TITLE_PREFIX, title, PRESENT));
        // The key has no line break, so that products of one category are sorted side by side.
        keyed(
                fields,
                CATEGORY_KEY,
                category,
                category + "\n" + product.description().category());
        fields.add(new Field(TEXT_STEM, Text.compared(product.description().text(), LONGEST_TEXT), COUNTED));
        keyed(fields, SELLER, product.sellerId().value(), product.sellerId().value());
        fields.add(new LongPoint(PRICE, product.price()));
        fields.add(new NumericDocValuesField(PRICE, product.price()));
        fields.add(new StringField(LISTED, product.listed() ? YES : NO, Field.Store.NO));
        fields.add(new NumericDocValuesField(LISTED_AT, product.listedAt()));
        fields.add(new StringField(IN_STOCK, product.inStock() ? YES : NO, Field.Store.NO));
        fields.add(new NumericDocValuesField(IN_STOCK, product.inStock() ? 1 : 0));
        return fields;
    }

    private static void keyed(Document fields, String name, String key, String value) {
        fields.add(new StringField(name, key, Field.Store.NO));
        fields.add(new SortedDocValuesField(name, new BytesRef(value)));
    }

    /** Null if the index does not have it. */
    SearchedProduct find(DirectoryReader reader, String id) throws IOException {
        for (LeafReaderContext leaf : reader.leaves()) {
            LeafReader part = leaf.reader();
            PostingsEnum found = part.postings(new Term(ID, id), PostingsEnum.NONE);
            while (found != null && found.nextDoc() != DocIdSetIterator.NO_MORE_DOCS) {
                if (part.getLiveDocs() == null || part.getLiveDocs().get(found.docID())) {
                    return read(part.storedFields().document(found.docID(), Set.of(SOURCE)));
                }
            }
        }
        return null;
    }

    static SearchedProduct read(Document stored) {
        BytesRef source = stored.getBinaryValue(SOURCE);
        return SearchedProduct.PRODUCTS.decode(
                Arrays.copyOfRange(source.bytes, source.offset, source.offset + source.length));
    }

    static Set<String> stored() {
        return Set.of(SOURCE);
    }
}
