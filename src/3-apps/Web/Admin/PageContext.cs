using Postern.Kernel.Access;

namespace Postern.Web.Admin;

/// <summary>What every signed-in page needs to know.</summary>
/// <param name="Path">Path of the page, for the menu.</param>
/// <param name="Csrf">Token that its forms carry.</param>
/// <param name="Brand">Title of the brand.</param>
public sealed record PageContext(Caller Caller, string Path, string Csrf, string Brand, IReadOnlyList<PageMessage> Messages, IReadOnlyList<Section> Menu);

/// <summary>A message of the last action.</summary>
public sealed record PageMessage(string Level, string Text);
