namespace Postern.Expressions;

/// <summary>Computes how deep a function's operand stack gets, by walking every path once.</summary>
internal static class StackDepth
{
    // Behind the arguments of a call, for those of a builtin that are left out.
    private const int Room = 2;

    public static int Of(Instruction[] code, HandlerRange[] handlers)
    {
        var seen = new int[code.Length];
        Array.Fill(seen, -1);
        var work = new Stack<(int At, int Depth)>();
        work.Push((0, 0));
        foreach (var handler in handlers)
            work.Push((handler.Target, 0));
        var max = 0;
        while (work.TryPop(out var item))
        {
            var (at, depth) = item;
            while (at < code.Length && seen[at] < 0)
            {
                seen[at] = depth;
                var instruction = code[at];
                if (Target(instruction) is { } target)
                    work.Push((target, depth + JumpEffect(instruction.Op)));
                if (instruction.Op is Opcode.Call or Opcode.CallMethod)
                    max = Math.Max(max, depth + Room);
                depth += Effect(instruction);
                max = Math.Max(max, depth + 1);
                if (instruction.Op is Opcode.Jump or Opcode.Return or Opcode.Raise or Opcode.Reraise or Opcode.RaiseBare)
                    break;
                at++;
            }
        }

        return max + 1;
    }

    private static int? Target(Instruction i) => i.Op switch
    {
        Opcode.Jump or Opcode.JumpIfFalse or Opcode.JumpIfTrue or Opcode.JumpIfFalseOrPop or Opcode.JumpIfTrueOrPop or Opcode.ForNext => i.A,
        _ => null,
    };

    private static int JumpEffect(Opcode op) => op switch
    {
        Opcode.JumpIfFalse or Opcode.JumpIfTrue => -1,
        _ => 0,
    };

    private static int Effect(Instruction i) => i.Op switch
    {
        Opcode.Constant or Opcode.LoadLocal or Opcode.LoadTemp or Opcode.LoadCell or Opcode.LoadFree or Opcode.LoadGlobal => 1,
        Opcode.Copy or Opcode.LoadMethod or Opcode.ForNext or Opcode.ImportName or Opcode.ImportFrom => 1,
        Opcode.WithExitError => 1,
        Opcode.StoreLocal or Opcode.StoreTemp or Opcode.StoreCell or Opcode.StoreFree or Opcode.StoreGlobal or Opcode.Pop => -1,
        Opcode.DeleteAttribute or Opcode.AppendTemp or Opcode.AddTemp or Opcode.Return => -1,
        Opcode.StoreAttribute or Opcode.DeleteItem or Opcode.PutTemp => -2,
        Opcode.StoreItem => -3,
        Opcode.LoadItem or Opcode.Binary or Opcode.InPlace or Opcode.Compare or Opcode.MatchException or Opcode.MatchMapping => -1,
        Opcode.MatchClass or Opcode.MatchIdentity => -1,
        Opcode.BuildSlice => 1 - i.A,
        Opcode.JumpIfFalse or Opcode.JumpIfTrue or Opcode.JumpIfFalseOrPop or Opcode.JumpIfTrueOrPop => -1,
        Opcode.BuildList or Opcode.BuildTuple or Opcode.BuildSet or Opcode.BuildString => 1 - i.A,
        Opcode.BuildDict => 1 - (2 * i.A),
        Opcode.BuildKeyed => 1 - i.B,
        Opcode.ListExtend or Opcode.ListAppend or Opcode.SetUpdate or Opcode.DictUpdate or Opcode.DictMerge => -1,
        Opcode.DictPut => -2,
        Opcode.UnpackSequence => i.A - 1,
        Opcode.UnpackStar => i.A + i.B,
        Opcode.Call => -i.A,
        Opcode.CallKeywords => -i.A,
        Opcode.CallMethod => -i.A - 1,
        Opcode.CallSpread => -2,
        Opcode.MakeFunction => 1 - ((i.B & 1) != 0 ? 1 : 0) - ((i.B & 2) != 0 ? 1 : 0),
        Opcode.Format => i.B != 0 ? -1 : 0,
        Opcode.Raise => -i.A,
        _ => 0,
    };
}
