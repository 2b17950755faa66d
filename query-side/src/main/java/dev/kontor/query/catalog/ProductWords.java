package dev.kontor.query.catalog;

import dev.kontor.grpc.platform.StartException;
import dev.kontor.text.Text;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.apache.lucene.analysis.Analyzer;
import org.apache.lucene.analysis.TokenStream;
import org.apache.lucene.analysis.Tokenizer;
import org.apache.lucene.analysis.en.EnglishPossessiveFilter;
import org.apache.lucene.analysis.miscellaneous.ASCIIFoldingFilter;
import org.apache.lucene.analysis.miscellaneous.PerFieldAnalyzerWrapper;
import org.apache.lucene.analysis.ngram.EdgeNGramTokenFilter;
import org.apache.lucene.analysis.snowball.SnowballFilter;
import org.apache.lucene.analysis.standard.StandardTokenizer;
import org.apache.lucene.analysis.tokenattributes.CharTermAttribute;

/**
 * The words of a text, in two forms. Both are in the compared form of {@link Text} and without accents. The plain form
 * is as written; the stem is without the endings that the shop's language has.
 */
final class ProductWords {

    static final int LONGEST_PREFIX = 12;
    private static final int MOST_WORDS = 10;
    private static final String NONE = "none";

    private final String language;
    private final Analyzer plain;
    private final Analyzer stems;

    record Word(String plain, String stem) {}

    /**
     * @param language the English name of a language that the Snowball stemmers know, or {@code none}
     * @throws StartException for another one
     */
    ProductWords(String language) {
        this.language = language;
        this.plain = new Form(null, false);
        this.stems = language.equals(NONE) ? plain : new Form(stemmer(language), false);
        try (TokenStream loaded = stems.tokenStream("", "words")) {
            loaded.reset();
            loaded.end();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (IllegalArgumentException unknown) {
            throw new StartException(
                    "kontor.searches.language is '%s'; it must be a language such as english, french or german, or none"
                            .formatted(language),
                    unknown);
        }
    }

    private static String stemmer(String language) {
        return language.isEmpty()
                ? language
                : language.substring(0, 1).toUpperCase(Locale.ROOT) + language.substring(1);
    }

    String language() {
        return language;
    }

    /** For the fields of the index; their texts are in the compared form. */
    Analyzer analyzer() {
        Form prefixes = new Form(null, true);
        return new PerFieldAnalyzerWrapper(
                plain,
                Map.of(
                        ProductFields.TITLE_STEM,
                        stems,
                        ProductFields.CATEGORY_STEM,
                        stems,
                        ProductFields.TEXT_STEM,
                        stems,
                        ProductFields.TITLE_PREFIX,
                        prefixes,
                        ProductFields.CATEGORY_PREFIX,
                        prefixes));
    }

    /** The first different words of a text in its compared form. */
    List<Word> of(String text) {
        List<String> written = tokens(plain, text);
        List<String> stemmed = tokens(stems, text);
        Set<Word> words = new LinkedHashSet<>();
        for (int i = 0; i < written.size() && words.size() < MOST_WORDS; i++) {
            words.add(new Word(written.get(i), stemmed.get(i)));
        }
        return List.copyOf(words);
    }

    /** A whole text in its plain form. */
    String whole(String text) {
        return String.join(" ", tokens(plain, text));
    }

    private static List<String> tokens(Analyzer analyzer, String text) {
        List<String> tokens = new ArrayList<>();
        try (TokenStream stream = analyzer.tokenStream("", text)) {
            CharTermAttribute token = stream.addAttribute(CharTermAttribute.class);
            stream.reset();
            while (stream.incrementToken()) {
                tokens.add(token.toString());
            }
            stream.end();
        } catch (IOException e) {
            throw new UncheckedIOException("A text cannot be read", e);
        }
        return tokens;
    }

    /** Every form divides a text into the same words. */
    private static final class Form extends Analyzer {

        private final String stemmer;
        private final boolean prefixes;

        /** @param stemmer null for none */
        Form(String stemmer, boolean prefixes) {
            this.stemmer = stemmer;
            this.prefixes = prefixes;
        }

        @Override
        protected TokenStreamComponents createComponents(String field) {
            Tokenizer words = new StandardTokenizer();
            TokenStream form = words;
            if (stemmer != null) {
                form = new SnowballFilter(new EnglishPossessiveFilter(form), stemmer);
            }
            form = new ASCIIFoldingFilter(form);
            if (prefixes) {
                form = new EdgeNGramTokenFilter(form, 1, LONGEST_PREFIX, false);
            }
            return new TokenStreamComponents(words, form);
        }
    }
}
