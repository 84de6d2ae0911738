using System.Globalization;
using System.Net;
using Postern.Kernel.Values;

namespace Postern.Kernel.Settings;

/// <summary>Reads settings by name and type, remembers which names were asked for, and collects what is wrong with the values.</summary>
public sealed class SettingReader(SettingSource source, IReadOnlyDictionary<string, string> environment, Func<string, string?> readFile)
{
    readonly Dictionary<string, SettingUse> uses = new(StringComparer.Ordinal);

    public FieldErrors Errors { get; } = new();

    public SettingSource Source => source;

    /// <summary>Every name a reader asked for, set or not.</summary>
    public IReadOnlyCollection<string> Asked => uses.Keys;

    /// <summary>What a reader asked for: names with what is known of each, in that order.</summary>
    public IReadOnlyCollection<SettingUse> Uses => uses.Values;

    public string? Text(string name)
    {
        uses.TryAdd(name, new SettingUse(name));
        if (source.Find(name) is not { } found)
            return null;
        var (value, reason) = SettingIndirection.Resolve(found.Value, environment, readFile);
        if (value is null)
            Errors.Add(found.Variable, reason!);
        return string.IsNullOrEmpty(value) ? null : value;
    }

    public string Text(string name, string otherwise)
    {
        uses.TryAdd(name, new SettingUse(name) { Otherwise = otherwise });
        return Text(name) ?? otherwise;
    }

    /// <summary>A text that is shown to nobody.</summary>
    public string? Hidden(string name)
    {
        uses.TryAdd(name, new SettingUse(name) { IsSecret = true });
        return Text(name);
    }

    public Secret? Secret(string name) => Hidden(name) is { } text ? new Secret(text) : null;

    /// <summary>Secrets separated by commas.</summary>
    public IReadOnlyList<Secret> Secrets(string name) => [.. Parts(Hidden(name)).Select(static text => new Secret(text))];

    /// <summary>Texts separated by commas.</summary>
    public IReadOnlyList<string> Texts(string name) => Parts(Text(name));

    static string[] Parts(string? text) => (text ?? "").Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);

    public int Number(string name, int otherwise, int least, int most) => Parse(name, otherwise, $"a whole number from {least} to {most}", text =>
        int.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number) && number >= least && number <= most ? number : null);

    public bool Flag(string name, bool otherwise) => Parse<bool>(name, otherwise, "true or false", text => text.ToUpperInvariant() switch
    {
        "TRUE" or "YES" or "ON" or "1" => true,
        "FALSE" or "NO" or "OFF" or "0" => false,
        _ => null,
    });

    public TimeSpan Seconds(string name, int otherwise) => TimeSpan.FromSeconds(Number(name, otherwise, 0, int.MaxValue));

    public TimeSpan Duration(string name, TimeSpan otherwise) => Parse<TimeSpan>(name, otherwise, "a duration like hours=1;minutes=30", text =>
        Values.Duration.TryParse(text, out var duration) ? duration : null);

    public T OneOf<T>(string name, T otherwise)
        where T : struct, Enum =>
        Parse<T>(name, otherwise, string.Join(", ", WireEnum<T>.All), text => WireEnum<T>.TryParse(text.ToLowerInvariant(), out var value) ? value : null);

    public string? OneOf(string name, IReadOnlyCollection<string> allowed) => ParseText(name, string.Join(", ", allowed), text =>
        allowed.Contains(text.ToLowerInvariant(), StringComparer.Ordinal) ? text.ToLowerInvariant() : null);

    /// <summary>The address of a site: http or https, without query and fragment.</summary>
    public Uri? Address(string name) => ParseText(name, "an address like https://id.example.org", text =>
        Uri.TryCreate(text, UriKind.Absolute, out var uri) && uri.Scheme is "http" or "https" && uri.Query.Length == 0 && uri.Fragment.Length == 0
            ? uri
            : null);

    public IReadOnlyList<IPEndPoint> Addresses(string name, string otherwise) => List(name, otherwise, "an address with port, like 0.0.0.0:9000", ListenAddress.TryParse);

    public IReadOnlyList<IPNetwork> Networks(string name, string otherwise) => List(name, otherwise, "networks like 10.0.0.0/8, separated by commas", text =>
        IPNetwork.TryParse(text, out var network) ? new Network(network) : null).ConvertAll(found => found.Value);

    sealed record Network(IPNetwork Value);

    public T? ParseText<T>(string name, string shape, Func<string, T?> parse)
        where T : class
    {
        uses.TryAdd(name, new SettingUse(name) { Shape = shape });
        if (Text(name) is not { } text)
            return null;
        var value = parse(text);
        if (value is null)
            Refuse(name, shape);
        return value;
    }

    public void Refuse(string name, string shape) =>
        Errors.Add(source.Find(name)?.Variable ?? source.OwnVariable(name), $"This must be {shape}.");

    T Parse<T>(string name, T otherwise, string shape, Func<string, T?> parse)
        where T : struct
    {
        uses.TryAdd(name, new SettingUse(name) { Shape = shape, Otherwise = Convert.ToString(otherwise, CultureInfo.InvariantCulture)!.ToLowerInvariant() });
        if (Text(name) is not { } text)
            return otherwise;
        if (parse(text.Trim()) is { } value)
            return value;
        Refuse(name, shape);
        return otherwise;
    }

    List<T> List<T>(string name, string otherwise, string shape, Func<string, T?> parse)
        where T : class
    {
        uses.TryAdd(name, new SettingUse(name) { Shape = shape, Otherwise = otherwise });
        List<T> values = [];
        foreach (var part in (Text(name) ?? otherwise).Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))
        {
            if (parse(part) is { } value)
                values.Add(value);
            else
                Refuse(name, shape);
        }

        return values;
    }
}
