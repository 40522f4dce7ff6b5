package dev.asyncjob.http;

import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.nio.charset.StandardCharsets;
import java.util.Enumeration;
import java.util.Iterator;

/** The text of a list, an item at a time. */
@SuppressWarnings("JdkObsolete") // SequenceInputStream knows no Iterator.
final class JsonArray implements Enumeration<InputStream> {
  private final Iterator<?> items;
  private String before = "[";
  private boolean isOpen = true;

  private JsonArray(Iterator<?> items) {
    this.items = items;
  }

  /** Takes an item when all before it has been read. */
  static InputStream of(Iterator<?> items) {
    return new SequenceInputStream(new JsonArray(items));
  }

  @Override
  public boolean hasMoreElements() {
    return isOpen;
  }

  @Override
  public InputStream nextElement() {
    var text = before;
    before = ",";
    if (items.hasNext()) {
      text += JsonText.text(items.next());
    } else {
      text = text.equals("[") ? "[]" : "]";
      isOpen = false;
    }
    return new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8));
  }
}
