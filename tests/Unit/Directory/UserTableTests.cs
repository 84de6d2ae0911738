using System.Text;
using Postern.Directory.Imports;

namespace Postern.Tests.Unit.Directory;

/// <summary>Files of users: what is read, and every way in which a file is refused.</summary>
public sealed class UserTableTests
{
    [Theory]
    [InlineData("username,name\nann,Ann A\n")]
    [InlineData("username;name\r\nann;Ann A")]
    [InlineData("username\tname\nann\tAnn A\n\n")]
    [InlineData("USERNAME , name\n\"ann\",\"Ann A\"\n")]
    public void Reads_what_spreadsheets_save(string text)
    {
        var row = UserTable.Read(text).Value.Rows.ShouldHaveSingleItem();
        (row.Line, row["username"], row["name"], row["email"]).ShouldBe((2, "ann", "Ann A", ""));
    }

    [Fact]
    public void Quoted_cells_may_hold_lines_and_lines_are_counted()
    {
        var rows = UserTable.Read("username,name\na,\"two\nlines, and \"\"quotes\"\"\"\nb,x\n").Value.Rows;
        rows[0]["name"].ShouldBe("two\nlines, and \"quotes\"");
        rows[1].Line.ShouldBe(4);
    }

    [Trait("Fault", "F16")]
    [Fact]
    public void The_apostrophe_of_an_export_is_taken_away() =>
        UserTable.Read("username,name\na,'=1+1\nb,'quoted'\n").Value.Rows.Select(r => r["name"]).ShouldBe(["=1+1", "'quoted'"]);

    [Theory]
    [InlineData("", "The file is empty.")]
    [InlineData("username\n", "The file has a header and no rows.")]
    [InlineData("name\nx\n", "The column \"username\" is missing.")]
    [InlineData("username,username\na,b\n", "The column \"username\" stands there twice.")]
    [InlineData("username,usrname\na,b\n", "There is no column \"usrname\"; did you mean \"username\"?")]
    [InlineData("username,password\na,b\n", "Passwords in clear are not imported.")]
    [InlineData("username,name\na\n", "Line 2 has 1 cells, the header has 2.")]
    [InlineData("username,name\na,\"open\nb,c\n", "Line 2: a quote is opened and never closed.")]
    [InlineData("username,name\na,b\"c\n", "Line 2: a quote stands inside a cell that does not begin with one.")]
    [InlineData("username,name\na,\"b\"c\n", "Line 2: after a closing quote there must be a separator.")]
    public void Refuses(string text, string message) => UserTable.Read(text).Fault!.Message.ShouldStartWith($"file: {message}");

    [Fact]
    public void Columns_that_an_export_adds_are_passed_over() => UserTable.Read("pk,username,uid,groups_obj\n1,ann,x,[]\n").Fault.ShouldBeNull();

    [Fact]
    public void Other_encodings_are_told_with_their_line()
    {
        CsvText.Decode(Encoding.Unicode.GetPreamble().Concat(Encoding.Unicode.GetBytes("username")).ToArray()).Fault!.Message.ShouldContain("UTF-16");
        CsvText.Decode([.. "username\nm"u8, 0xFC, .. "ller\n"u8]).Fault!.Message.ShouldBe("file: Line 2 is not UTF-8. Save the file as \"CSV UTF-8\".");
        CsvText.Decode([0x75, 0x00]).Fault!.Message.ShouldContain("no CSV file");
        CsvText.Decode([0xEF, 0xBB, 0xBF, .. "username"u8]).Value.ShouldBe("username");
    }
}
