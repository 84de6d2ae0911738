namespace Postern.Expressions;

/// <summary>Characters by code point.</summary>
internal static class Characters
{
    public static string FromCode(int code) => code < 0x10000 ? Text.Character((char)code) : char.ConvertFromUtf32(code);

    public static int CodeOf(string character) => Text.Width(character, 0) == 2 ? char.ConvertToUtf32(character, 0) : character[0];
}
