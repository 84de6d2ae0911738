using System.Text;
using Postern.Kernel;

namespace Postern.Directory.Imports;

/// <summary>Comma-separated values (RFC 4180) as a spreadsheet saves them: also with semicolons or tabs, and with either kind of line end.</summary>
public static class CsvText
{
    static readonly char[] Separators = [',', ';', '\t'];

    /// <summary>Text of a file. Faults: invalid, when it is not UTF-8.</summary>
    public static Result<string> Decode(byte[] content)
    {
        if (content is [0xFF, 0xFE, ..] or [0xFE, 0xFF, ..])
            return Wrong("The file is UTF-16. Save it as \"CSV UTF-8\".");
        var start = content is [0xEF, 0xBB, 0xBF, ..] ? 3 : 0;
        try
        {
            var text = new UTF8Encoding(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true).GetString(content, start, content.Length - start);
            return text.Contains('\0', StringComparison.Ordinal) ? Wrong("The file holds characters that no text has; it is no CSV file.") : text;
        }
        catch (DecoderFallbackException e)
        {
            var line = 1 + content.AsSpan(0, start + e.Index).Count((byte)'\n');
            return Wrong($"Line {line} is not UTF-8. Save the file as \"CSV UTF-8\".");
        }
    }

    /// <summary>Rows with the number of the line each begins in; empty lines are left out. Faults: invalid, with the line of a broken quote.</summary>
    public static Result<IReadOnlyList<CsvRow>> Read(string text)
    {
        var rows = new List<CsvRow>();
        var separator = Separator(text);
        var (at, line) = (0, 1);
        while (at < text.Length)
        {
            var (row, problem) = ReadRow(text, separator, ref at, ref line);
            if (problem is not null)
                return Wrong(problem);
            if (row!.Cells is not [""])
                rows.Add(row);
        }
        return rows;
    }

    static (CsvRow? Row, string? Problem) ReadRow(string text, char separator, ref int at, ref int line)
    {
        var row = new CsvRow(line, []);
        while (true)
        {
            var cell = new StringBuilder();
            if (at < text.Length && text[at] == '"')
            {
                if (Quoted(text, cell, ref at, ref line) is { } problem)
                    return (null, problem);
                if (at < text.Length && text[at] != separator && text[at] is not ('\r' or '\n'))
                    return (null, $"Line {line}: after a closing quote there must be a separator.");
            }
            else
            {
                while (at < text.Length && text[at] != separator && text[at] is not ('\r' or '\n'))
                {
                    if (text[at] == '"')
                        return (null, $"Line {line}: a quote stands inside a cell that does not begin with one.");
                    cell.Append(text[at++]);
                }
            }
            row.Cells.Add(cell.ToString());
            if (at < text.Length && text[at] == separator)
            {
                at++;
                continue;
            }
            if (at < text.Length && text[at] == '\r')
                at++;
            if (at < text.Length && text[at] == '\n')
                at++;
            line++;
            return (row, null);
        }
    }

    static string? Quoted(string text, StringBuilder cell, ref int at, ref int line)
    {
        var opened = line;
        for (at++; at < text.Length; at++)
        {
            if (text[at] != '"')
            {
                line += text[at] == '\n' ? 1 : 0;
                cell.Append(text[at]);
            }
            else if (at + 1 < text.Length && text[at + 1] == '"')
                cell.Append(text[at++]);
            else
            {
                at++;
                return null;
            }
        }
        return $"Line {opened}: a quote is opened and never closed.";
    }

    static char Separator(string text)
    {
        var end = text.AsSpan().IndexOfAny('\r', '\n');
        var header = end < 0 ? text : text[..end];
        return Separators.MaxBy(c => header.Count(h => h == c));
    }

    static Fault.Invalid Wrong(string message) => Fault.Field("file", message);
}

/// <summary>One row.</summary>
/// <param name="Line">Number of the line it begins in, from 1.</param>
public sealed record CsvRow(int Line, List<string> Cells);
