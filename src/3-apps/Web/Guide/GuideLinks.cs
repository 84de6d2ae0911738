namespace Postern.Web.Guide;

/// <summary>Where links between files of the guide lead once the files are pages.</summary>
static class GuideLinks
{
    /// <summary>The address of what a link of a file names; addresses of other places stay as they are.</summary>
    public static string InPages(string target)
    {
        if (target.Length == 0 || target[0] is '#' or '/' || target.Contains("://", StringComparison.Ordinal))
            return target;
        var mark = target.IndexOf('#', StringComparison.Ordinal);
        var (file, anchor) = mark < 0 ? (target, "") : (target[..mark], target[mark..]);
        return file.EndsWith(".md", StringComparison.Ordinal) ? GuidePages.Root + NameOf(file) + anchor : GuidePages.Root + file + anchor;
    }

    /// <summary>The place of a file's page below the root of the guide.</summary>
    static string NameOf(string file) => Path.GetFileNameWithoutExtension(file) is var name && name is GuideBook.Index ? "" : $"{name}/";
}
