package io.boxoffice.gate.code;

import com.google.zxing.WriterException;
import com.google.zxing.qrcode.decoder.ErrorCorrectionLevel;
import com.google.zxing.qrcode.encoder.ByteMatrix;
import com.google.zxing.qrcode.encoder.Encoder;

/** Draws QR codes (ISO/IEC 18004) as SVG: one path of black rectangles on white. */
final class QrCode {
  /** How many white modules the standard asks for on each side. */
  private static final int MARGIN = 4;

  private QrCode() {}

  /**
   * Draws a text with error correction M, so that a code stays readable with 15% of it damaged.
   *
   * @param text of the 45 characters of the alphanumeric mode, 1,000 at most
   * @param title what a screen reader says; letters, digits, spaces and '-' only
   */
  static String svg(String text, String title) {
    ByteMatrix modules = encode(text);
    int size = modules.getWidth() + 2 * MARGIN;
    return """
        <svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 %1$d %1$d" role="img" \
        aria-labelledby="title" shape-rendering="crispEdges">\
        <title id="title">%2$s</title>\
        <rect width="%1$d" height="%1$d" fill="#fff"/><path fill="#000" d="%3$s"/></svg>
        """
        .formatted(size, title, path(modules));
  }

  private static ByteMatrix encode(String text) {
    try {
      return Encoder.encode(text, ErrorCorrectionLevel.M).getMatrix();
    } catch (WriterException tooLong) {
      throw new IllegalArgumentException("No QR code holds this text", tooLong);
    }
  }

  /** Returns a rectangle for each run of black modules of a row. */
  private static String path(ByteMatrix modules) {
    StringBuilder path = new StringBuilder();
    for (int y = 0; y < modules.getHeight(); y++) {
      int x = 0;
      while (x < modules.getWidth()) {
        int start = x;
        while (x < modules.getWidth() && modules.get(x, y) == 1) {
          x++;
        }
        if (x > start) {
          int length = x - start;
          path.append('M').append(start + MARGIN).append(' ').append(y + MARGIN);
          path.append('h').append(length).append("v1h-").append(length).append('z');
        }
        x++;
      }
    }
    return path.toString();
  }
}
