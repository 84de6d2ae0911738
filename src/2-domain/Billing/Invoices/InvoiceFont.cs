using PdfSharp.Fonts;

namespace Postern.Billing.Invoices;

/// <summary>The one typeface of invoices: it travels with the program, because servers have no fonts, and knows Latin, Greek and Cyrillic names.</summary>
sealed class InvoiceFont : IFontResolver
{
    public const string Family = "DejaVu Sans";

    const string Face = "DejaVuSans";

    static readonly Lazy<byte[]> Data = new(Read);

    // Set once for the process: the library keeps its fonts in a static place.
    static readonly Lazy<bool> Registered = new(static () =>
    {
        GlobalFontSettings.FontResolver ??= new InvoiceFont();
        return true;
    });

    public static void Register() => _ = Registered.Value;

    public FontResolverInfo ResolveTypeface(string familyName, bool bold, bool italic) => new(Face, mustSimulateBold: bold, mustSimulateItalic: italic);

    public byte[] GetFont(string faceName) => Data.Value;

    static byte[] Read()
    {
        using var resource = typeof(InvoiceFont).Assembly.GetManifestResourceStream("Postern.Billing.DejaVuSans.ttf")!;
        var data = new byte[resource.Length];
        resource.ReadExactly(data);
        return data;
    }
}
