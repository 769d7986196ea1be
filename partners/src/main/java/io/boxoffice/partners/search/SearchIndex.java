package io.boxoffice.partners.search;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.apache.lucene.analysis.Analyzer;
import org.apache.lucene.analysis.LowerCaseFilter;
import org.apache.lucene.analysis.TokenStream;
import org.apache.lucene.analysis.Tokenizer;
import org.apache.lucene.analysis.miscellaneous.ASCIIFoldingFilter;
import org.apache.lucene.analysis.standard.StandardTokenizer;
import org.apache.lucene.analysis.tokenattributes.CharTermAttribute;
import org.apache.lucene.document.Document;
import org.apache.lucene.document.Field;
import org.apache.lucene.document.StoredField;
import org.apache.lucene.document.StringField;
import org.apache.lucene.document.TextField;
import org.apache.lucene.index.IndexWriter;
import org.apache.lucene.index.IndexWriterConfig;
import org.apache.lucene.index.StoredFields;
import org.apache.lucene.index.Term;
import org.apache.lucene.search.BooleanClause.Occur;
import org.apache.lucene.search.BooleanQuery;
import org.apache.lucene.search.BoostQuery;
import org.apache.lucene.search.DisjunctionMaxQuery;
import org.apache.lucene.search.IndexSearcher;
import org.apache.lucene.search.PrefixQuery;
import org.apache.lucene.search.Query;
import org.apache.lucene.search.ScoreDoc;
import org.apache.lucene.search.SearcherManager;
import org.apache.lucene.search.TermQuery;
import org.apache.lucene.search.TopDocs;
import org.apache.lucene.store.ByteBuffersDirectory;

/**
 * A full-text index of concerts, in memory: the ledger fills it at each start. Case and accents
 * make no difference, and the last letters of a word may be missing. A change is found by every
 * search that begins after it.
 */
final class SearchIndex implements AutoCloseable {
  /** How much a word counts in each part of a concert. */
  private static final List<Part> PARTS =
      List.of(new Part("artist", 3), new Part("title", 2), new Part("venue", 1));

  /** How much more a whole word counts than the begin of one. */
  private static final float WHOLE_WORD = 4;

  /** More words make no difference to what a person finds. */
  private static final int MOST_WORDS = 10;

  private static final String ID = "id";

  private record Part(String name, float weight) {}

  /**
   * A concert that was found.
   *
   * @param score higher fits better; comparable within one answer only
   */
  record Hit(
      UUID concertId,
      long version,
      String title,
      String artist,
      String venue,
      Instant startsAt,
      float score) {}

  /**
   * The hits of one page.
   *
   * @param total how many concerts fit; a lower bound if there are more than a thousand
   */
  record Hits(List<Hit> items, long total) {}

  private final Analyzer analyzer = new FoldingAnalyzer();
  private final IndexWriter writer;
  private final SearcherManager searchers;

  /** Creates an empty index. */
  SearchIndex() {
    try {
      writer = new IndexWriter(new ByteBuffersDirectory(), new IndexWriterConfig(analyzer));
      searchers = new SearcherManager(writer, null);
    } catch (IOException impossible) {
      throw new UncheckedIOException(impossible); // memory does not fail
    }
  }

  /** Splits text into words, in lower case and without accents. */
  private static final class FoldingAnalyzer extends Analyzer {
    @Override
    protected TokenStreamComponents createComponents(String field) {
      Tokenizer words = new StandardTokenizer();
      return new TokenStreamComponents(words, new ASCIIFoldingFilter(new LowerCaseFilter(words)));
    }
  }

  /** Adds a concert, or replaces it. */
  void put(UUID concertId, long version, ConcertText concert) {
    Document document = new Document();
    document.add(new StringField(ID, concertId.toString(), Field.Store.YES));
    document.add(new StoredField("version", version));
    document.add(new StoredField("startsAt", concert.startsAt().toString()));
    document.add(new TextField("title", concert.title(), Field.Store.YES));
    document.add(new TextField("artist", concert.artist(), Field.Store.YES));
    document.add(new TextField("venue", concert.venue(), Field.Store.YES));
    try {
      writer.updateDocument(term(concertId), document);
    } catch (IOException impossible) {
      throw new UncheckedIOException(impossible);
    }
  }

  /** Removes a concert, if it is there. */
  void delete(UUID concertId) {
    try {
      writer.deleteDocuments(term(concertId));
    } catch (IOException impossible) {
      throw new UncheckedIOException(impossible);
    }
  }

  private static Term term(UUID concertId) {
    return new Term(ID, concertId.toString());
  }

  /**
   * Finds the concerts that have every word of a text, the best first.
   *
   * @param offset how many hits to leave out
   * @param limit the most hits of the page
   */
  Hits search(String text, int offset, int limit) {
    try {
      Query query = query(text);
      searchers.maybeRefreshBlocking();
      IndexSearcher searcher = searchers.acquire();
      try {
        TopDocs found = searcher.search(query, offset + limit);
        StoredFields stored = searcher.storedFields();
        List<Hit> hits = new ArrayList<>();
        for (int i = offset; i < found.scoreDocs.length; i++) {
          hits.add(hit(stored, found.scoreDocs[i]));
        }
        return new Hits(hits, found.totalHits.value);
      } finally {
        searchers.release(searcher);
      }
    } catch (IOException impossible) {
      throw new UncheckedIOException(impossible);
    }
  }

  /** Returns a query for all words of a text; without words, for nothing. */
  private Query query(String text) throws IOException {
    BooleanQuery.Builder all = new BooleanQuery.Builder();
    for (String word : words(text)) {
      List<Query> anywhere = new ArrayList<>();
      for (Part part : PARTS) {
        Term term = new Term(part.name(), word);
        anywhere.add(new BoostQuery(new TermQuery(term), part.weight() * WHOLE_WORD));
        anywhere.add(new BoostQuery(new PrefixQuery(term), part.weight()));
      }
      all.add(new DisjunctionMaxQuery(anywhere, 0.1f), Occur.MUST);
    }
    return all.build();
  }

  private List<String> words(String text) throws IOException {
    List<String> words = new ArrayList<>();
    try (TokenStream tokens = analyzer.tokenStream("", text)) {
      CharTermAttribute word = tokens.addAttribute(CharTermAttribute.class);
      tokens.reset();
      while (tokens.incrementToken() && words.size() < MOST_WORDS) {
        words.add(word.toString());
      }
    }
    return words;
  }

  private static Hit hit(StoredFields stored, ScoreDoc found) throws IOException {
    Document document = stored.document(found.doc);
    return new Hit(
        UUID.fromString(document.get(ID)),
        document.getField("version").numericValue().longValue(),
        document.get("title"),
        document.get("artist"),
        document.get("venue"),
        Instant.parse(document.get("startsAt")),
        found.score);
  }

  @Override
  public void close() throws IOException {
    searchers.close();
    writer.close();
  }
}
