using System.Buffers;

namespace Postern.Directory.Exports;

/// <summary>Writes comma-separated values (RFC 4180). Texts that a spreadsheet would run as a formula begin with an apostrophe.</summary>
public sealed class CsvWriter(TextWriter output)
{
    static readonly SearchValues<char> NeedQuotes = SearchValues.Create(",\"\r\n");
    bool begun;

    public void Cell(string text, bool isNumber = false)
    {
        if (begun)
            output.Write(',');
        begun = true;
        var safe = isNumber || !IsFormula(text) ? text : $"'{text}";
        if (safe.AsSpan().IndexOfAny(NeedQuotes) < 0 && (safe.Length == 0 || (safe[0] != ' ' && safe[^1] != ' ')))
        {
            output.Write(safe);
            return;
        }
        output.Write('"');
        output.Write(safe.Replace("\"", "\"\"", StringComparison.Ordinal));
        output.Write('"');
    }

    public void EndRow()
    {
        output.Write("\r\n");
        begun = false;
    }

    /// <summary>Whether a spreadsheet may take the text for a formula, also behind white space and with wide signs.</summary>
    public static bool IsFormula(string text)
    {
        if (text.Length > 0 && text[0] is '\t' or '\r' or '\n')
            return true;
        var start = text.AsSpan().TrimStart();
        return start.Length > 0 && start[0] is '=' or '+' or '-' or '@' or '＝' or '＋' or '－' or '＠';
    }
}
