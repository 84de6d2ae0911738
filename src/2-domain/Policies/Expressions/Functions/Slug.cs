using System.Text;
using Postern.Expressions;

namespace Postern.Policies.Expressions.Functions;

/// <summary><c>slugify(text)</c>: plain lower-case letters, digits, hyphens and underscores.</summary>
sealed class Slug : IExpressionFunction
{
    public string Name => "slugify";

    public ValueTask<object?> CallAsync(ExpressionRun run, HostCall call) => ValueTask.FromResult<object?>(Of(ScriptValue.ToText(call.Require(0, "value"))));

    /// <summary>Accents are dropped with whatever else is not ASCII, gaps become one hyphen.</summary>
    public static string Of(string text)
    {
        var slug = new StringBuilder(text.Length);
        foreach (var letter in text.Normalize(NormalizationForm.FormKD).ToLowerInvariant())
        {
            if (char.IsAsciiLetterOrDigit(letter) || letter == '_')
                slug.Append(letter);
            else if ((char.IsWhiteSpace(letter) || letter == '-') && (slug.Length == 0 || slug[^1] != '-'))
                slug.Append('-');
        }
        return slug.ToString().Trim('-', '_');
    }
}
