namespace Postern.Api.Document;

/// <summary>Names operations as clients of the reference know them: the words of the path and what is done.</summary>
static class OperationName
{
    public static string Of(string method, string path, bool isList)
    {
        var words = path.Split('/', StringSplitOptions.RemoveEmptyEntries).Where(w => w[0] is not '{').Select(w => w.Replace('-', '_'));
        return string.Join('_', words.Append(Action(method, isList)));
    }

    static string Action(string method, bool isList) => method switch
    {
        "POST" => "create",
        "PUT" => "update",
        "PATCH" => "partial_update",
        "DELETE" => "destroy",
        _ => isList ? "list" : "retrieve",
    };
}
