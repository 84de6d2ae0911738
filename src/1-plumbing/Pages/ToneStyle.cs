namespace Postern.Pages;

/// <summary>The style class and the icon that go with a tone.</summary>
public static class ToneStyle
{
    public static string Class(Tone tone) => tone switch
    {
        Tone.Primary => "tone-primary",
        Tone.Info => "tone-info",
        Tone.Success => "tone-success",
        Tone.Warning => "tone-warning",
        Tone.Danger => "tone-danger",
        _ => "tone-neutral",
    };

    public static string Icon(Tone tone) => tone switch
    {
        Tone.Success => "circle-check",
        Tone.Warning => "alert-triangle",
        Tone.Danger => "alert-circle",
        _ => "info-circle",
    };
}
