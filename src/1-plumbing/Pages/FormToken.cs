namespace Postern.Pages;

/// <summary>The hidden field that every form of ours carries against forged requests.</summary>
public sealed record FormToken(string Name, string Value);
