; The installer for Windows. Made by bundle/nsis.py, which defines VERSION, NUMBERS, SIZE (kB), TREE, WORK and OUTPUT
; and lists every file in install.nsh, remove.nsh and taken.nsh, and every folder in folders.nsh.
;
; fieldquill-…-setup-x64.exe [/S] [/ALLUSERS] [/DESKTOP] [/D=C:\folder]     /D comes last and takes no quotes
; uninstall-fieldquill.exe [/S] [/SETTINGS] [_?=C:\folder]                   with _? it waits until it is done
;
; Ends with 0 done, 1 stopped by somebody, 3 Fieldquill is running or being installed, 4 something else has the name
; of a file or folder of ours, 5 an administrator is needed, 6 Windows is too old, 7 the folder can't be written to or
; is too small.

Unicode true
Target amd64-unicode
SetCompressor /SOLID lzma
SetCompressorDictSize 64
CRCCheck force
AllowSkipFiles off ; a program without some of its files is none
RequestExecutionLevel user
ManifestDPIAware true
ManifestLongPathAware true
ManifestSupportedOS Win10

!include MUI2.nsh
!include FileFunc.nsh
!include LogicLib.nsh
!include WinVer.nsh
!include nsDialogs.nsh

!define NAME "Fieldquill"
!define ENTRY "Software\Microsoft\Windows\CurrentVersion\Uninstall\${NAME}"
!define KIND "Fieldquill.Study"
!define /math ROOM ${SIZE} / 1024 ; MB
!define REMOVER "uninstall-fieldquill.exe" ; a name no other program's has: it is run where it is found
!define LIBRARY "python\python313.dll" ; is open as long as any Fieldquill of its folder runs

Name "${NAME}"
OutFile "${OUTPUT}"
BrandingText "${NAME} ${VERSION}"
ShowInstDetails hide
ShowUninstDetails hide
VIProductVersion "${NUMBERS}"
VIAddVersionKey "ProductName" "${NAME}"
VIAddVersionKey "ProductVersion" "${VERSION}"
VIAddVersionKey "FileVersion" "${VERSION}"
VIAddVersionKey "FileDescription" "${NAME} ${VERSION} Setup"
VIAddVersionKey "CompanyName" "The Fieldquill authors"
VIAddVersionKey "LegalCopyright" "Copyright The Fieldquill authors, Apache-2.0"
!ifdef SIGN
  !uninstfinalize '${SIGN} "%1"' = 0
!endif

!define MUI_ICON "${WORK}/launcher/fieldquill.ico"
!define MUI_UNICON "${WORK}/launcher/fieldquill.ico"
!define MUI_WELCOMEFINISHPAGE_BITMAP "${WORK}/launcher/banner.bmp"
!define MUI_ABORTWARNING
!define MUI_FINISHPAGE_RUN
!define MUI_FINISHPAGE_RUN_TEXT "Start Fieldquill"
!define MUI_FINISHPAGE_RUN_FUNCTION StartProgram
!define MUI_COMPONENTSPAGE_SMALLDESC

Page custom AskFor TakeFor
!define MUI_PAGE_CUSTOMFUNCTION_LEAVE RequireFolder
!insertmacro MUI_PAGE_DIRECTORY
!insertmacro MUI_PAGE_COMPONENTS
!insertmacro MUI_PAGE_INSTFILES
!insertmacro MUI_PAGE_FINISH
!insertmacro MUI_UNPAGE_CONFIRM
!insertmacro MUI_UNPAGE_COMPONENTS
!insertmacro MUI_UNPAGE_INSTFILES
!insertmacro MUI_LANGUAGE "English"

Var Given ; the folder of /D=, if any
Var Wishes ; what else is to be handed on where this starts itself anew
Var Admin ; 1 where an administrator runs this
Var Everybody ; 1 where it is for all users of the computer
Var ForMe ; the two buttons
Var ForEverybody

; What both programs need

!macro Shared UN

; Ends with a sentence and a code from the stack: on screen, or on standard error where nothing is to be shown.
Function ${UN}Refuse
  Pop $1
  Pop $0
  ${If} ${Silent}
    System::Call 'kernel32::AttachConsole(i -1)'
    System::Call 'kernel32::GetStdHandle(i -12) p.r2'
    StrCpy $0 "$0$\r$\n"
    StrLen $3 $0
    System::Call 'kernel32::WriteFile(p r2, m r0, i r3, *i .r4, p 0)'
  ${Else}
    MessageBox MB_OK|MB_ICONSTOP "$0"
  ${EndIf}
  SetErrorLevel $1
  Quit
FunctionEnd

; Puts 1 on the stack if a program of the folder on the stack runs: Windows lets nobody write to a library in use.
Function ${UN}IsRunning
  Exch $0
  Push $1
  ${If} ${FileExists} "$0\${LIBRARY}"
    ClearErrors
    FileOpen $1 "$0\${LIBRARY}" a
    ${If} ${Errors}
      StrCpy $0 1
    ${Else}
      FileClose $1
      StrCpy $0 0
    ${EndIf}
  ${Else}
    StrCpy $0 0
  ${EndIf}
  Pop $1
  Exch $0
FunctionEnd

; Sets $1 to 1 if the name in $2 is there and no plain folder's: that of a junction, a symbolic link (0x400) or a file.
Function ${UN}IsStranger
  System::Call 'kernel32::GetFileAttributes(t r2) i .r1'
  ${If} $1 <> -1
    IntOp $1 $1 & 0x410
    ${If} $1 <> 0x10
      StrCpy $1 1
    ${EndIf}
  ${EndIf}
FunctionEnd

; Leaves in $2 the first folder of ours that is none, if any: through a link, another place would be written to, and
; emptied. The folder that holds all of ours may be a link.
Function ${UN}FindStranger
  !define PROGRAM "${UN}"
  !include "${WORK}/folders.nsh"
  !undef PROGRAM
  StrCpy $2 ""
  found:
FunctionEnd

; Whoever it is for: registry, start menu and desktop are theirs from now on.
Function ${UN}UseEverybody
  StrCpy $Everybody 1
  SetShellVarContext all
FunctionEnd

Function ${UN}UseMe
  StrCpy $Everybody 0
  SetShellVarContext current
FunctionEnd

Function ${UN}FindAdmin
  UserInfo::GetAccountType
  Pop $Admin
  ${If} $Admin == "Admin"
    StrCpy $Admin 1
  ${Else}
    StrCpy $Admin 0
  ${EndIf}
FunctionEnd

!macroend

!macro Look FOLDER
  StrCpy $2 "${FOLDER}"
  Call ${PROGRAM}IsStranger
  StrCmp $1 1 found
!macroend

!insertmacro Shared ""
!insertmacro Shared "un."

; Shortens the name in $2 to what it is inside of the folder: plain letters, whatever prints them.
!macro Inside
  StrLen $3 "$INSTDIR\"
  StrCpy $2 $2 "" $3
!macroend

!macro Refuse UN CODE WORDS
  Push "${WORDS}"
  Push ${CODE}
  Call ${UN}Refuse
!macroend

; Takes out of registry, start menu and desktop what points to a program that is no more.
!macro Unregister
  Delete "$SMPROGRAMS\${NAME}.lnk"
  Delete "$DESKTOP\${NAME}.lnk"
  DeleteRegKey SHCTX "Software\Classes\${KIND}"
  DeleteRegValue SHCTX "Software\Classes\.fieldquill\OpenWithProgids" "${KIND}"
  DeleteRegKey /ifempty SHCTX "Software\Classes\.fieldquill\OpenWithProgids"
  ReadRegStr $0 SHCTX "Software\Classes\.fieldquill" ""
  ${If} $0 == "${KIND}"
    DeleteRegValue SHCTX "Software\Classes\.fieldquill" ""
  ${EndIf}
  DeleteRegKey /ifempty SHCTX "Software\Classes\.fieldquill"
  DeleteRegKey SHCTX "${ENTRY}"
  System::Call 'shell32::SHChangeNotify(i 0x08000000, i 0, p 0, p 0)'
!macroend

!define STANDS "is a link to another place, or a file, and not Fieldquill's own folder; take it away and try again. Nothing was changed."
!define RUNS "Fieldquill is running; close it and try again. Nothing was changed."

; Installing; what an installer is to do stands before what asks for it

Section "Fieldquill" Program
  SectionIn RO
  Call RequireAlone
  Call CheckFolder
  ${If} $0 != ""
    Push $0
    Push $1
    Call Refuse
  ${EndIf}
  Call RequireRoom ; before an earlier version is gone
  ReadRegStr $0 SHCTX "${ENTRY}" "InstallLocation"
  Push $0
  Call RemoveOld
  ${If} $Everybody == 0
    Push $INSTDIR
    Call RemoveOld
  ${EndIf}
  Call SetAside

  SetOutPath "$INSTDIR"
  WriteUninstaller "$INSTDIR\${REMOVER}" ; first, so that what is left of a power cut can be removed
  WriteRegStr SHCTX "${ENTRY}" "DisplayName" "${NAME}"
  WriteRegStr SHCTX "${ENTRY}" "DisplayVersion" "${VERSION}"
  WriteRegStr SHCTX "${ENTRY}" "DisplayIcon" "$INSTDIR\Fieldquill.exe,0"
  WriteRegStr SHCTX "${ENTRY}" "Publisher" "The Fieldquill authors"
  WriteRegStr SHCTX "${ENTRY}" "InstallLocation" "$INSTDIR"
  WriteRegStr SHCTX "${ENTRY}" "UninstallString" '"$INSTDIR\${REMOVER}"'
  WriteRegStr SHCTX "${ENTRY}" "QuietUninstallString" '"$INSTDIR\${REMOVER}" /S'
  WriteRegDWORD SHCTX "${ENTRY}" "EstimatedSize" ${SIZE}
  WriteRegDWORD SHCTX "${ENTRY}" "NoModify" 1
  WriteRegDWORD SHCTX "${ENTRY}" "NoRepair" 1

  !include "${WORK}/install.nsh"
  SetOutPath "$INSTDIR"
  CreateShortCut "$SMPROGRAMS\${NAME}.lnk" "$INSTDIR\Fieldquill.exe" "" "" "" "" "" "Assess MLOps maturity from interview notes"
  ${If} ${FileExists} "$DESKTOP\${NAME}.lnk"
    CreateShortCut "$DESKTOP\${NAME}.lnk" "$INSTDIR\Fieldquill.exe"
  ${EndIf}
SectionEnd

Section "Open studies by a double click" Opening
  WriteRegStr SHCTX "Software\Classes\.fieldquill" "" "${KIND}"
  WriteRegStr SHCTX "Software\Classes\.fieldquill\OpenWithProgids" "${KIND}" ""
  WriteRegStr SHCTX "Software\Classes\${KIND}" "" "Fieldquill study"
  WriteRegStr SHCTX "Software\Classes\${KIND}\DefaultIcon" "" "$INSTDIR\Fieldquill.exe,1"
  WriteRegStr SHCTX "Software\Classes\${KIND}\shell\open\command" "" '"$INSTDIR\Fieldquill.exe" "%1"'
  System::Call 'shell32::SHChangeNotify(i 0x08000000, i 0, p 0, p 0)' ; kinds of files have changed
SectionEnd

Section /o "A link on the desktop" OnDesktop
  CreateShortCut "$DESKTOP\${NAME}.lnk" "$INSTDIR\Fieldquill.exe"
SectionEnd

!insertmacro MUI_FUNCTION_DESCRIPTION_BEGIN
  !insertmacro MUI_DESCRIPTION_TEXT ${Program} "The program, with an entry in the start menu."
  !insertmacro MUI_DESCRIPTION_TEXT ${Opening} "Files that end in .fieldquill open in Fieldquill."
  !insertmacro MUI_DESCRIPTION_TEXT ${OnDesktop} "Starts Fieldquill from the desktop."
!insertmacro MUI_FUNCTION_DESCRIPTION_END

Function .onInit
  StrCpy $Given $INSTDIR
  Call FindAdmin
  ${IfNot} ${AtLeastBuild} 17763
    !insertmacro Refuse "" 6 "Fieldquill needs Windows 10, version 1809, or later. Nothing was changed."
  ${EndIf}
  ${GetParameters} $0
  ClearErrors
  ${GetOptions} $0 "/DESKTOP" $1
  ${IfNot} ${Errors}
    SectionSetFlags ${OnDesktop} ${SF_SELECTED}
    StrCpy $Wishes " /DESKTOP"
  ${EndIf}
  ClearErrors
  ${GetOptions} $0 "/ALLUSERS" $1
  ${IfNot} ${Errors}
  ${OrIf} $PROFILE == "$SYSDIR\config\systemprofile" ; Windows itself, for whom alone nobody installs programs
    Call UseEverybody
    Call BecomeAdmin
  ${Else}
    Call UseMe
  ${EndIf}
  Call ChooseFolder
FunctionEnd

; Starts this installer anew as an administrator, with what it was given, where it is for everybody and is none yet.
Function BecomeAdmin
  ${If} $Admin == 1
    Return
  ${EndIf}
  ${If} ${Silent}
    !insertmacro Refuse "" 5 "Installing for everybody needs an administrator. Nothing was changed."
  ${EndIf}
  StrCpy $1 "/ALLUSERS$Wishes"
  ${If} $Given != ""
    StrCpy $1 "$1 /D=$Given"
  ${EndIf}
  ClearErrors
  ExecShell "runas" "$EXEPATH" "$1"
  ${IfNot} ${Errors}
    SetErrorLevel 0
    Quit
  ${EndIf}
  Call UseMe ; they said no to Windows
FunctionEnd

; The folder of /D=, else where it is installed already, else the usual one.
Function ChooseFolder
  ${If} $Given != ""
    StrCpy $INSTDIR $Given
    Return
  ${EndIf}
  ReadRegStr $INSTDIR SHCTX "${ENTRY}" "InstallLocation"
  ${If} $INSTDIR != ""
    Return
  ${EndIf}
  ${If} $Everybody == 1
    StrCpy $INSTDIR "$PROGRAMFILES64\${NAME}"
  ${Else}
    StrCpy $INSTDIR "$LOCALAPPDATA\Programs\${NAME}"
  ${EndIf}
FunctionEnd

Function AskFor
  !insertmacro MUI_HEADER_TEXT "For whom" "Who is to use Fieldquill on this computer?"
  nsDialogs::Create 1018
  Pop $0
  ${NSD_CreateRadioButton} 0 10u 100% 12u "Only &me (needs no administrator)"
  Pop $ForMe
  ${NSD_CreateRadioButton} 0 28u 100% 12u "&Everybody who uses this computer (needs an administrator)"
  Pop $ForEverybody
  ${If} $Everybody == 1
    ${NSD_Check} $ForEverybody
  ${Else}
    ${NSD_Check} $ForMe
  ${EndIf}
  ${NSD_CreateLabel} 0 56u 100% 30u "Settings and studies are each person's own in both cases. Fieldquill never connects to a network."
  Pop $0
  nsDialogs::Show
FunctionEnd

Function TakeFor
  StrCpy $0 $Everybody
  ${NSD_GetState} $ForEverybody $1
  ${If} $1 == ${BST_CHECKED}
    Call UseEverybody
    Call BecomeAdmin
    ${If} $Everybody != 1
      Abort
    ${EndIf}
  ${Else}
    Call UseMe
  ${EndIf}
  ${If} $0 != $Everybody
    Call ChooseFolder
  ${EndIf}
FunctionEnd

; Looks whether the folder can be installed into: $0 is a sentence if not, and $1 its code.
Function CheckFolder
  StrCpy $0 ""
  ReadRegStr $2 SHCTX "${ENTRY}" "InstallLocation"
  Push $2
  Call IsRunning
  Pop $3
  Push $INSTDIR
  Call IsRunning
  Pop $4
  ${If} $3 == 1
  ${OrIf} $4 == 1
    StrCpy $0 "${RUNS}"
    StrCpy $1 3
    Return
  ${EndIf}
  Call FindStranger
  ${If} $2 != ""
    !insertmacro Inside
    StrCpy $0 "In this folder, $2 ${STANDS}"
    StrCpy $1 4
    Return
  ${EndIf}
  ReadRegStr $3 SHCTX "${ENTRY}" "InstallLocation"
  ${If} $Everybody == 1 ; what an administrator runs was laid down by one
  ${AndIf} $3 != $INSTDIR
  ${OrIfNot} ${FileExists} "$INSTDIR\${REMOVER}"
    Call FindTaken
  ${EndIf}
  ${If} $2 != ""
    !insertmacro Inside
    StrCpy $0 "In this folder, $2 is there already, and somebody else's; choose another folder. Nothing was changed."
    StrCpy $1 4
  ${EndIf}
FunctionEnd

; Leaves in $2 the first name of a file of ours that something has already, if any.
Function FindTaken
  !include "${WORK}/taken.nsh"
  StrCpy $2 ""
  taken:
FunctionEnd

; Gives another name to what somebody keeps where an earlier version had nothing and this one has a file.
Function SetAside
  ${Do}
    Call FindTaken
    ${If} $2 == ""
      Return
    ${EndIf}
    StrCpy $1 "$2.kept"
    ${DoWhile} ${FileExists} $1
      StrCpy $1 "$1.kept"
    ${Loop}
    ClearErrors
    Rename $2 $1
  ${LoopUntil} ${Errors}
FunctionEnd

; Refuses to install while another of these programs does: one would take away what the other lays down.
Function RequireAlone
  System::Call 'kernel32::CreateMutex(p 0, i 0, t "${NAME} Setup") p .r1 ?e'
  Pop $0
  ${If} $0 = 183 ; ERROR_ALREADY_EXISTS
    !insertmacro Refuse "" 3 "Fieldquill is being installed already; wait for that to end. Nothing was changed."
  ${EndIf}
FunctionEnd

; Refuses a folder that can't be written to, or whose disk is too small.
Function RequireRoom
  SetOutPath "$INSTDIR"
  ClearErrors
  FileOpen $0 "$INSTDIR\${REMOVER}.new" w
  FileClose $0
  Delete "$INSTDIR\${REMOVER}.new"
  System::Call 'kernel32::GetDiskFreeSpaceEx(t "$INSTDIR", *l .r1, p 0, p 0) i .r2'
  System::Int64Op $1 / 1048576
  Pop $1
  SetOutPath "$TEMP" ; a folder one stands in can't be removed
  ${If} ${Errors}
    RMDir "$INSTDIR"
    !insertmacro Refuse "" 7 "The folder can't be written to; choose another. Nothing was changed."
  ${EndIf}
  ${If} $2 <> 0
  ${AndIf} $1 < ${ROOM}
    RMDir "$INSTDIR"
    !insertmacro Refuse "" 7 "Fieldquill needs ${ROOM} MB, and the disk has $1 MB free; make room, or choose another. Nothing was changed."
  ${EndIf}
FunctionEnd

Function RequireFolder
  Call CheckFolder
  ${If} $0 != ""
    MessageBox MB_OK|MB_ICONEXCLAMATION "$0"
    Abort
  ${EndIf}
FunctionEnd

; Has the uninstaller of an earlier version take away exactly what that version installed; links and settings stay.
Function RemoveOld
  Exch $0
  ${If} $0 != ""
  ${AndIf} ${FileExists} "$0\${REMOVER}"
    ClearErrors
    ExecWait '"$0\${REMOVER}" /S /UPGRADE _?=$0' $1
    ${If} ${Errors}
    ${OrIf} $1 <> 0
      !insertmacro Refuse "" 3 "The earlier Fieldquill could not be removed. Studies and settings are untouched; restart Windows, or remove it yourself, and try again."
    ${EndIf}
    Delete "$0\${REMOVER}"
    RMDir "$0"
  ${EndIf}
  Pop $0
FunctionEnd

; Half a program is none: what was laid down goes again, and nothing else does.
Function .onInstFailed
  SetOutPath "$TEMP"
  !include "${WORK}/remove.nsh"
  !insertmacro Unregister
  Delete "$INSTDIR\${REMOVER}"
  RMDir "$INSTDIR"
  !insertmacro Refuse "" 7 "Not all files could be written, so none were kept. Studies and settings are untouched; make room, or choose another folder, and install again."
FunctionEnd

; By the shell, so that it has no administrator's rights even if this installer has.
Function StartProgram
  Exec '"$WINDIR\explorer.exe" "$INSTDIR\Fieldquill.exe"'
FunctionEnd

; Removing

Section "un.Fieldquill" Removed
  SectionIn RO
  Call un.FindStranger
  ${If} $2 != ""
    !insertmacro Inside
    !insertmacro Refuse "un." 4 "In the folder of Fieldquill, $2 ${STANDS}"
  ${EndIf}
  !include "${WORK}/remove.nsh"
  ReadRegStr $2 SHCTX "${ENTRY}" "InstallLocation"
  ${GetParameters} $0
  ClearErrors
  ${GetOptions} $0 "/UPGRADE" $1
  ${If} ${Errors} ; no upgrade, and this is not the copy of one that is installed elsewhere
    ${If} $2 == $INSTDIR
    ${OrIfNot} ${FileExists} "$2\${REMOVER}"
      !insertmacro Unregister
    ${EndIf}
  ${EndIf}
  Delete "$INSTDIR\${REMOVER}"
  SetOutPath "$TEMP"
  RMDir "$INSTDIR" ; only if nothing of anybody's is in it
SectionEnd

Section /o "un.My settings too (never studies)" Settings
  SetShellVarContext current
  Delete "$LOCALAPPDATA\${NAME}\settings.ini"
  RMDir "$LOCALAPPDATA\${NAME}"
SectionEnd

!insertmacro MUI_UNFUNCTION_DESCRIPTION_BEGIN
  !insertmacro MUI_DESCRIPTION_TEXT ${Removed} "What was installed, and nothing else: studies stay, wherever they are."
  !insertmacro MUI_DESCRIPTION_TEXT ${Settings} "Theme, sizes and the window's place."
!insertmacro MUI_UNFUNCTION_DESCRIPTION_END

Function un.onInit
  Call un.FindAdmin
  Call un.UseMe
  ReadRegStr $0 HKLM "${ENTRY}" "InstallLocation"
  ${If} $0 == $INSTDIR
    Call un.UseEverybody
    Call un.BecomeAdmin
  ${EndIf}
  Push $INSTDIR
  Call un.IsRunning
  Pop $0
  ${If} $0 == 1
    !insertmacro Refuse "un." 3 "${RUNS}"
  ${EndIf}
  ${GetParameters} $0
  ClearErrors
  ${GetOptions} $0 "/SETTINGS" $1
  ${IfNot} ${Errors}
    SectionSetFlags ${Settings} ${SF_SELECTED}
  ${EndIf}
FunctionEnd

Function un.BecomeAdmin
  ${If} $Admin == 1
    Return
  ${EndIf}
  ${If} ${Silent}
    !insertmacro Refuse "un." 5 "Fieldquill was installed for everybody, so removing it needs an administrator. Nothing was changed."
  ${EndIf}
  ${GetParameters} $1
  ExecShell "runas" "$INSTDIR\${REMOVER}" "$1"
  SetErrorLevel 0
  Quit
FunctionEnd
