using System.Globalization;

namespace Postern.Blueprints.Reading;

/// <summary>The characters a YAML stream may hold (YAML 1.1, section 5.1): no control characters, no halves of a surrogate pair.</summary>
internal static class Characters
{
    public static BlueprintProblem? FirstUnprintable(string text)
    {
        var (line, column) = (1, 1);
        for (var i = 0; i < text.Length; i++)
        {
            var character = text[i];
            if (!IsAllowed(text, ref i))
            {
                return new BlueprintProblem(line, column, string.Empty, string.Create(CultureInfo.InvariantCulture, $"The character U+{(int)character:X4} is not allowed in a blueprint."));
            }

            if (character == '\n') (line, column) = (line + 1, 1);
            else column++;
        }

        return null;
    }

    /// <summary>Whether a value may be stored; an escape such as <c>\0</c> in quotes can stand for a character that may not.</summary>
    public static bool IsStorable(string text)
    {
        for (var i = 0; i < text.Length; i++)
        {
            if (text[i] == '\0') return false;
            if (!char.IsSurrogate(text[i])) continue;
            if (!IsPair(text, i)) return false;
            i++;
        }

        return true;
    }

    static bool IsAllowed(string text, ref int index)
    {
        var character = text[index];
        if (char.IsSurrogate(character))
        {
            if (!IsPair(text, index)) return false;
            index++;
            return true;
        }

        return character is '\t' or '\n' or '\r' or '\x85' or (>= ' ' and <= '~') or (>= '\xA0' and <= '\uFFFD');
    }

    static bool IsPair(string text, int index) => char.IsHighSurrogate(text[index]) && index + 1 < text.Length && char.IsLowSurrogate(text[index + 1]);
}
