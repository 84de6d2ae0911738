using System.Globalization;
using PdfSharp.Drawing;
using PdfSharp.Pdf;
using Postern.Billing.Amounts;
using Postern.Billing.Ledger;
using Postern.Billing.Providers;

namespace Postern.Billing.Invoices;

/// <summary>Draws an invoice or credit note of our own books as a PDF of A4 pages.</summary>
static class InvoicePdf
{
    const double Left = 56;
    const double Right = 539;
    const double Bottom = 770;

    public static byte[] Draw(Invoice invoice)
    {
        InvoiceFont.Register();
        using var document = new PdfDocument();
        document.Info.Title = $"{Title(invoice)} {invoice.Number}";
        document.Info.CreationDate = invoice.CreatedAt.UtcDateTime;
        var sheet = new Sheet(document);
        Head(sheet, invoice);
        Lines(sheet, invoice.Read());
        Sums(sheet, invoice.Read());
        foreach (var note in invoice.Read().Notes)
            sheet.Paragraph(note);
        sheet.Foot(invoice.Read().Footer);
        using var bytes = new MemoryStream();
        document.Save(bytes);
        return bytes.ToArray();
    }

    static void Head(Sheet sheet, Invoice invoice)
    {
        var printed = invoice.Read();
        sheet.Text(Title(invoice), Left, Sheet.Big);
        sheet.Down(34);
        var top = sheet.Y;
        foreach (var line in printed.SellerLines)
            sheet.Row((line, Left));
        sheet.Down(14);
        sheet.Row(("Bill to", Left, Sheet.Bold));
        foreach (var line in printed.CustomerLines)
            sheet.Row((line, Left));
        var bottom = sheet.Y;

        sheet.Y = top;
        foreach (var (label, text) in Facts(invoice, printed).Where(fact => fact.Text.Length > 0))
            sheet.Row((label, 310, Sheet.Bold), (text, 400));
        sheet.Y = Math.Max(bottom, sheet.Y);
        sheet.Down(26);
    }

    static IEnumerable<(string Label, string Text)> Facts(Invoice invoice, InvoiceDocument printed) =>
    [
        ("Number", invoice.Number),
        ("Date", Day(invoice.CreatedAt)),
        ("Due", invoice.Credits is null ? Day(invoice.DueAt) : ""),
        ("Credits", printed.Credits),
        ("Period", $"{Day(invoice.PeriodStart)} – {Day(invoice.PeriodEnd)}"),
        ("Your order", printed.PurchaseOrder),
        ("Status", invoice.RefundedAt is not null ? "Refunded" : invoice.Status is InvoiceStatus.Paid && invoice.Credits is null ? "Paid" : ""),
    ];

    static void Lines(Sheet sheet, InvoiceDocument printed)
    {
        sheet.Row(("Description", Left, Sheet.Bold), ("Quantity", -370, Sheet.Bold), ("Unit price", -455, Sheet.Bold), ("Amount", -Right, Sheet.Bold));
        sheet.Rule();
        foreach (var item in printed.Items)
        {
            var text = sheet.Wrap(item.Text, 250);
            sheet.Row((text[0], Left), (item.Quantity.ToString(CultureInfo.InvariantCulture), -370), (Plain(item.Unit), -455), (Plain(item.Amount), -Right));
            foreach (var more in text.Skip(1))
                sheet.Row((more, Left));
        }
        sheet.Rule();
    }

    static void Sums(Sheet sheet, InvoiceDocument printed)
    {
        sheet.Row(("Subtotal", 380), (printed.Totals.Subtotal.ToString(), -Right));
        if (printed.TaxName.Length > 0)
            sheet.Row((string.Create(CultureInfo.InvariantCulture, $"{printed.TaxName} {printed.TaxBasisPoints / 100m:0.##} %"), 380), (printed.Totals.Tax.ToString(), -Right));
        sheet.Row(("Total", 380, Sheet.Bold), (printed.Totals.Total.ToString(), -Right, Sheet.Bold));
        sheet.Down(20);
    }

    static string Title(Invoice invoice) => invoice.Credits is null ? "Invoice" : "Credit note";

    static string Day(DateTimeOffset at) => at.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);

    static string Plain(Money money) => money.ToString().Split(' ')[0];

    /// <summary>Where the next text goes; starts a new page at the bottom.</summary>
    sealed class Sheet
    {
        readonly PdfDocument document;
        XGraphics page;

        public Sheet(PdfDocument document)
        {
            this.document = document;
            page = Next();
        }

        public static XFont Normal { get; } = new(InvoiceFont.Family, 9);

        public static XFont Bold { get; } = new(InvoiceFont.Family, 9, XFontStyleEx.Bold);

        public static XFont Big { get; } = new(InvoiceFont.Family, 20, XFontStyleEx.Bold);

        public double Y { get; set; }

        public void Down(double by) => Y += by;

        /// <summary>One line of cells: a negative place is where the text ends.</summary>
        public void Row(params Cell[] cells)
        {
            if (Y > Bottom)
                page = Next();
            foreach (var cell in cells)
                Text(cell.Text, cell.Place, cell.Font ?? Normal);
            Down(14);
        }

        public void Text(string text, double place, XFont font)
        {
            var x = place >= 0 ? place : -place - page.MeasureString(text, font).Width;
            page.DrawString(text, font, XBrushes.Black, x, Y);
        }

        public void Rule()
        {
            page.DrawLine(XPens.Gray, Left, Y - 8, Right, Y - 8);
            Down(6);
        }

        public void Paragraph(string text)
        {
            foreach (var line in text.Split('\n').SelectMany(line => Wrap(line, Right - Left)))
                Row((line, Left));
            Down(8);
        }

        public void Foot(string text)
        {
            Y = Math.Max(Y, Bottom - 20);
            Paragraph(text);
        }

        public List<string> Wrap(string text, double width)
        {
            List<string> lines = [""];
            foreach (var word in text.Split(' ', StringSplitOptions.RemoveEmptyEntries))
            {
                var longer = lines[^1].Length == 0 ? word : $"{lines[^1]} {word}";
                if (lines[^1].Length == 0 || page.MeasureString(longer, Normal).Width <= width)
                    lines[^1] = longer;
                else
                    lines.Add(word);
            }
            return lines;
        }

        XGraphics Next()
        {
            page?.Dispose();
            Y = 70;
            return XGraphics.FromPdfPage(document.AddPage());
        }
    }

    sealed record Cell(string Text, double Place, XFont? Font = null)
    {
        public static implicit operator Cell((string Text, double Place) cell) => new(cell.Text, cell.Place);

        public static implicit operator Cell((string Text, double Place, XFont Font) cell) => new(cell.Text, cell.Place, cell.Font);
    }
}
