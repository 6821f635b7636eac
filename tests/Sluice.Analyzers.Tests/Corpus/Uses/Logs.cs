using System;
using System.Diagnostics;
using Sluice.Registers;

namespace Corpus;

/// <summary>A guest's text in a log: as the format, as the message, as a part of either.</summary>
public class Logs
{
    public void Console_message([GuestControlled] string text) => Console.WriteLine({|SLU2011:text|});

    public void Console_format([GuestControlled] string text) => Console.WriteLine({|SLU2011:text|}, 1, 2);

    public void Trace_message([GuestControlled] string text) => Trace.WriteLine({|SLU2011:text|});

    public void Own_log([GuestControlled] string text) => Log.Write({|SLU2011:text|});

    public void Own_log_of_a_type([GuestControlled] string text) => Journal.Enter({|SLU2011:text|});

    public void Concatenated([GuestControlled] string text) => Log.Write({|SLU2011:"name: " + text|});

    public void Interpolated([GuestControlled] string text) => Log.Write({|SLU2011:$"name: {text}"|});

    public void Kept_first([GuestControlled] string text)
    {
        string line = "name: ";
        line += text;
        Log.Write({|SLU2011:line|});
    }

    public void One_of_two([GuestControlled] string text, bool isNamed) => Log.Write({|SLU2011:isNamed ? text : "none"|});

    public void Coalesced([GuestControlled] string? text) => Log.Write({|SLU2011:text ?? "none"|});

    public void Read_back() => Log.Write({|SLU2011:Model()|});

    public void Character_of_the_guest([GuestControlled] char letter) => Log.Write({|SLU2011:$"letter {letter}"|});

    public void Digits_of_a_number([GuestControlled] uint value) => Log.Write($"register {value}");

    public void Digits_in_another_base([GuestControlled] uint value) => Log.Write($"register 0x{value:X}");

    public void Number_as_an_argument([GuestControlled] uint value) => Log.WriteNumber("register", value);

    public void Constant_text([GuestControlled] string text) => Log.Write(nameof(text));

    public void Length_of_the_text([GuestControlled] string text) => Log.Write($"length {text.Length}");

    public void Escaped([GuestControlled] string text) => Log.Write(Escape(text));

    public void Text_that_is_expected([GuestControlled] string text) => Log.Quote(text);

    public void No_log([GuestControlled] string text) => Keep(text);

    [return: GuestControlled]
    private static string Model() => "";

    [Sanitizes]
    private static string Escape(string text) => text.Length == 0 ? text : "?";

    private static void Keep(string text) => _ = text;

    private static class Log
    {
        [LogSink]
        public static void Write(string message) => _ = message;

        [LogSink]
        public static void WriteNumber(string name, uint number) => _ = name + number;

        [LogSink]
        public static void Quote([GuestControlled] string text) => _ = text;
    }

    [LogSink]
    private static class Journal
    {
        public static void Enter(string line) => _ = line;
    }
}
