using System.Globalization;
using System.Runtime.InteropServices;
using System.Text;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using System.Text.Unicode;

namespace Postern.Tests.Support.Stripe;

/// <summary>Reads form fields whose brackets make objects and lists, as strictly as Stripe does: <c>a[b]=1&amp;c[0][d]=2&amp;e[]=3</c>.</summary>
public static partial class BracketForm
{
    /// <exception cref="StripeRefusal">The text is no such form.</exception>
    public static JsonObject Read(string text)
    {
        var root = new Node();
        foreach (var field in text.Split('&', StringSplitOptions.RemoveEmptyEntries))
        {
            var (name, value) = field.Split('=', 2) is [var n, var v] ? (Decode(n), Decode(v)) : throw Bad($"{field} has no value.");
            var match = Name().Match(name);
            if (!match.Success)
                throw Bad($"{name} is no parameter name.");
            var node = root;
            foreach (var part in match.Groups["part"].Captures.Select(c => c.Value))
                node = node.Below(part, name);
            node.Set(value, name);
        }
        return root.Json("") as JsonObject ?? [];
    }

    static StripeRefusal Bad(string message) => new(400, "invalid_request_error", "parameter_invalid", "", message);

    static string Decode(string text)
    {
        var bytes = new List<byte>();
        for (var i = 0; i < text.Length; i++)
        {
            if (text[i] is not '%')
                bytes.AddRange(Encoding.UTF8.GetBytes(text[i] is '+' ? " " : text[i].ToString()));
            else if (i + 2 < text.Length && byte.TryParse(text.AsSpan(i + 1, 2), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var one))
                (_, i) = (Add(bytes, one), i + 2);
            else
                throw Bad($"{text} is not percent-encoded.");
        }
        return Utf8.IsValid(CollectionsMarshal.AsSpan(bytes)) ? Encoding.UTF8.GetString([.. bytes]) : throw Bad($"{text} is not UTF-8.");
    }

    static bool Add(List<byte> bytes, byte one)
    {
        bytes.Add(one);
        return true;
    }

    [GeneratedRegex(@"^(?<part>[a-z_0-9]+)(\[(?<part>[A-Za-z0-9_.-]*)\])*$", RegexOptions.ExplicitCapture | RegexOptions.CultureInvariant)]
    private static partial Regex Name();

    sealed class Node
    {
        readonly Dictionary<string, Node> below = new(StringComparer.Ordinal);
        readonly List<string> order = [];
        string? value;
        bool isList;

        public Node Below(string part, string whole)
        {
            if (value is not null)
                throw Bad($"{whole} is a value and an object at once.");
            if (part.Length == 0)
            {
                isList = true;
                part = below.Count.ToString(CultureInfo.InvariantCulture);
            }
            if (below.TryGetValue(part, out var known))
                return known;
            order.Add(part);
            return below[part] = new Node();
        }

        public void Set(string text, string whole)
        {
            if (value is not null || below.Count > 0)
                throw Bad($"{whole} is given twice.");
            value = text;
        }

        public JsonNode Json(string name)
        {
            if (value is not null)
                return JsonValue.Create(value);
            if (!isList && (below.Count == 0 || !order.TrueForAll(k => k.All(char.IsAsciiDigit))))
                return new JsonObject(order.Select(k => KeyValuePair.Create(k, (JsonNode?)below[k].Json(k))));
            var indexes = order.Select(k => int.Parse(k, CultureInfo.InvariantCulture)).Order().ToList();
            if (!indexes.SequenceEqual(Enumerable.Range(0, indexes.Count)))
                throw Bad($"{name} has gaps in its list.");
            return new JsonArray([.. indexes.Select(i => below[i.ToString(CultureInfo.InvariantCulture)].Json(name))]);
        }
    }
}

/// <summary>What Stripe refuses, in its own words.</summary>
public sealed class StripeRefusal(int status, string type, string code, string param, string message) : Exception(message)
{
    public int Status => status;

    public string Type => type;

    public string Code => code;

    public string Param => param;
}
