using System.Text.Json.Serialization;

namespace Postern.Stages.Prompts;

/// <summary>One question of a prompt stage.</summary>
public sealed class Prompt
{
    public Guid Pk { get; set; } = Guid.NewGuid();

    public string Name { get; set; } = "";

    /// <summary>Key in the prompt data; may be dotted (<c>attributes.department</c>).</summary>
    public string FieldKey { get; set; } = "";

    public string Label { get; set; } = "";

    public PromptType Type { get; set; }

    public bool Required { get; set; } = true;

    public string Placeholder { get; set; } = "";

    public string InitialValue { get; set; } = "";

    public int Order { get; set; }

    public string SubText { get; set; } = "";

    /// <summary>The placeholder is an expression.</summary>
    public bool PlaceholderExpression { get; set; }

    /// <summary>The initial value is an expression.</summary>
    public bool InitialValueExpression { get; set; }
}

/// <summary>What kind of answer a prompt takes.</summary>
public enum PromptType
{
    Text,
    TextArea,
    TextReadOnly,
    TextAreaReadOnly,
    Username,
    Email,
    Password,
    Number,
    Checkbox,

    [JsonStringEnumMemberName("radio-button-group")]
    RadioButtonGroup,
    Dropdown,
    Date,

    [JsonStringEnumMemberName("date-time")]
    DateTime,
    File,
    Separator,
    Hidden,
    Static,

    [JsonStringEnumMemberName("ak-locale")]
    Locale,
    AlertInfo,
    AlertWarning,
    AlertDanger,
}

/// <summary>What the types of prompts have in common.</summary>
static class PromptTypes
{
    public static bool IsChoice(this PromptType type) => type is PromptType.RadioButtonGroup or PromptType.Dropdown;

    /// <summary>Shown only: no answer is taken.</summary>
    public static bool IsDisplay(this PromptType type) => type is PromptType.Static or PromptType.Separator or PromptType.AlertInfo or PromptType.AlertWarning or PromptType.AlertDanger;

    /// <summary>The server's own value counts, whatever is sent.</summary>
    public static bool IsFixed(this PromptType type) => type is PromptType.Hidden or PromptType.Static or PromptType.TextReadOnly or PromptType.TextAreaReadOnly;
}
