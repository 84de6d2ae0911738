using System.Collections;
using System.Diagnostics.CodeAnalysis;
using Postern.Directory.Users;

namespace Postern.Flows.Plans;

/// <summary>
/// What a run knows, by key. Expressions write to it directly. Values are null, bool, string, numbers, times, uuids, lists, dictionaries and the
/// objects that a slice registers with <see cref="IPlanValue"/>.
/// </summary>
public sealed class PlanContext : IDictionary<string, object?>
{
    public const string PendingUserKey = "pending_user";
    public const string PromptDataKey = "prompt_data";
    public const string RedirectKey = "redirect";
    public const string ApplicationKey = "application";
    public const string IsRestoredKey = "is_restored";
    public const string IsRedirectedKey = "is_redirected";
    public const string FlowPlanKey = "flow_plan";

    /// <summary>Texts by name that stand above the pages of a run: <c>title</c>, <c>text</c>, <c>message</c>, <c>link</c> and <c>link_label</c>.</summary>
    public const string NoticeKey = "notice";

    readonly Dictionary<string, object?> values;

    public PlanContext()
        : this([])
    {
    }

    PlanContext(Dictionary<string, object?> values) => this.values = values;

    /// <summary>Whom the flow is about; may not be stored yet (key 0).</summary>
    public User? PendingUser
    {
        get => values.GetValueOrDefault(PendingUserKey) as User;
        set => values[PendingUserKey] = value;
    }

    /// <summary>What was entered so far, by field key; made on first use.</summary>
    public IDictionary<string, object?> PromptData
    {
        get
        {
            if (values.GetValueOrDefault(PromptDataKey) is not IDictionary<string, object?> data)
                values[PromptDataKey] = data = new Dictionary<string, object?>(StringComparer.Ordinal);
            return data;
        }
    }

    public bool HasPromptData => values.GetValueOrDefault(PromptDataKey) is IDictionary<string, object?>;

    public ICollection<string> Keys => values.Keys;

    public ICollection<object?> Values => values.Values;

    public int Count => values.Count;

    public bool IsReadOnly => false;

    public object? this[string key]
    {
        get => values[key];
        set => values[key] = value;
    }

    public string? Text(string key) => values.GetValueOrDefault(key) as string;

    public bool Flag(string key) => values.GetValueOrDefault(key) is true;

    /// <summary>A copy for one evaluation: what policies set in it does not stay, but what they set through <c>flow_plan</c> does.</summary>
    public Dictionary<string, object?> ForPolicies(Plan plan) => new(values, StringComparer.Ordinal) { [FlowPlanKey] = plan };

    public PlanContext Copy() => new(new Dictionary<string, object?>(values, StringComparer.Ordinal));

    public void Add(string key, object? value) => values.Add(key, value);

    public bool ContainsKey(string key) => values.ContainsKey(key);

    public bool Remove(string key) => values.Remove(key);

    public bool TryGetValue(string key, [MaybeNullWhen(false)] out object? value) => values.TryGetValue(key, out value);

    public void Clear() => values.Clear();

    public IEnumerator<KeyValuePair<string, object?>> GetEnumerator() => values.GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    void ICollection<KeyValuePair<string, object?>>.Add(KeyValuePair<string, object?> item) => values.Add(item.Key, item.Value);

    bool ICollection<KeyValuePair<string, object?>>.Contains(KeyValuePair<string, object?> item) => values.TryGetValue(item.Key, out var v) && Equals(v, item.Value);

    void ICollection<KeyValuePair<string, object?>>.CopyTo(KeyValuePair<string, object?>[] array, int arrayIndex) =>
        ((ICollection<KeyValuePair<string, object?>>)values).CopyTo(array, arrayIndex);

    bool ICollection<KeyValuePair<string, object?>>.Remove(KeyValuePair<string, object?> item) => values.Remove(item.Key);
}
