package dev.keyturn.sandbox.statements;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.time.ZoneOffset;
import java.util.GregorianCalendar;
import java.util.Locale;
import java.util.Random;
import org.openpdf.text.Document;
import org.openpdf.text.Font;
import org.openpdf.text.PageSize;
import org.openpdf.text.Paragraph;
import org.openpdf.text.pdf.PdfDate;
import org.openpdf.text.pdf.PdfEncryption;
import org.openpdf.text.pdf.PdfName;
import org.openpdf.text.pdf.PdfPCell;
import org.openpdf.text.pdf.PdfPTable;
import org.openpdf.text.pdf.PdfWriter;

/** A statement as PDF, byte by byte the same each time, as a bank's would be. */
public final class StatementPdf {
    private static final int LONGEST_TITLE = 200;
    private static final Font TITLE = new Font(Font.HELVETICA, 18, Font.BOLD);
    private static final Font TEXT = new Font(Font.HELVETICA, 11);

    private StatementPdf() {}

    public static byte[] of(Statement statement) {
        var bytes = new ByteArrayOutputStream();
        var document = new Document(PageSize.A4);
        var writer = PdfWriter.getInstance(document, bytes);
        document.open();
        document.add(new Paragraph(printable(statement.name()), TITLE));
        document.add(new Paragraph("Sandbox site. A test: there is no such account.", TEXT));
        document.add(new Paragraph("Account of " + statement.user().login(), TEXT));
        document.add(bookings(statement));
        sameEachTime(writer, statement);
        document.close();
        return bytes.toByteArray();
    }

    private static PdfPTable bookings(Statement statement) {
        var table = new PdfPTable(2);
        table.setSpacingBefore(16);
        var random = new Random(seed(statement).hashCode());
        for (int day = 3; day < 28; day += 4) {
            table.addCell(cell(statement.month().atDay(day).toString()));
            table.addCell(cell(amount(random)));
        }
        return table;
    }

    private static String amount(Random random) {
        return String.format(Locale.ROOT, "%.2f EUR", (random.nextInt(50_000) - 25_000) / 100.0);
    }

    private static PdfPCell cell(String text) {
        var cell = new PdfPCell(new Paragraph(text, TEXT));
        cell.setPadding(5);
        return cell;
    }

    /** Left alone, the library writes the time and a random id into each file. */
    private static void sameEachTime(PdfWriter writer, Statement statement) {
        var made = statement.month().atEndOfMonth().atStartOfDay(ZoneOffset.UTC);
        var date = new PdfDate(GregorianCalendar.from(made));
        var id = seed(statement).getBytes(StandardCharsets.UTF_8);
        writer.getInfo().put(PdfName.CREATIONDATE, date);
        writer.getInfo().put(PdfName.MODDATE, date);
        writer.getInfo().put(PdfName.FILEID, PdfEncryption.createInfoId(id, id));
    }

    private static String seed(Statement statement) {
        return statement.user().login() + " " + statement.month();
    }

    private static String printable(String name) {
        var title = name.replaceAll("\\p{Cntrl}", " ");
        return title.substring(0, Math.min(title.length(), LONGEST_TITLE));
    }
}
