namespace Postern.Authenticators.Email;

/// <summary>An address shown so that only its owner knows it again: <c>j***@e******.com</c>.</summary>
public static class EmailMask
{
    public static string Of(string address)
    {
        var at = address.LastIndexOf('@');
        if (at < 0)
            return Hide(address);
        var labels = address[(at + 1)..].Split('.');
        var domain = labels.Select((label, i) => i == labels.Length - 1 && labels.Length > 1 ? label : Hide(label));
        return $"{Hide(address[..at])}@{string.Join('.', domain)}";
    }

    static string Hide(string text) => text.Length == 0 ? "" : text[0] + new string('*', text.Length - 1);
}
